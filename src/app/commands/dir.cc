#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/runs.h"

namespace sluice::app {

Action define_dir(CLI::App& cli) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  cli.add_option("PATH", *paths, "Files and folders")->required();
  return [paths](const Options& options) {
    const auto session = Session::open(options, Session::Needs::nothing);
    return session ? run_report_and_leave(*session, directory_run(*session, *paths)) : 2;
  };
}

}  // namespace sluice::app
