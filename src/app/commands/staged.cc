#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/define.h"
#include "app/named_files.h"
#include "app/runs.h"

namespace sluice::app {

Action define_staged(CLI::App& cli) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  cli.add_option("PATH", *paths, "Also scan these files, whole, where nothing of them is staged");
  return [paths](const Options& options) {
    const auto session = Session::open(options, Session::Needs::repository);
    if (!session) return 2;
    Run run = staged_run(*session);
    if (!paths->empty()) add_named_files(*session, *paths, run);
    return run_report_and_leave(*session, run);
  };
}

}  // namespace sluice::app
