#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/runs.h"

namespace sluice::app {

Action define_check(CLI::App& cli) {
  const auto rev = std::make_shared<std::string>();
  cli.add_option("--rev", *rev, "A commit instead of the index")->type_name("REV");
  return [rev](const Options& options) {
    const auto session = Session::open(options, Session::Needs::repository);
    return session ? run_report_and_leave(*session, check_run(*session, *rev)) : 2;
  };
}

}  // namespace sluice::app
