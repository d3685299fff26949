#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/runs.h"

namespace sluice::app {

Action define_config_check(CLI::App& cli) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  cli.add_option("PATH", *paths, "Files and folders (default: here)");
  return [paths](const Options& options) {
    const auto session = Session::open(options, Session::Needs::nothing);
    if (!session) return 2;
    if (paths->empty()) paths->push_back(".");
    return run_and_report(*session, config_run(*session, *paths));
  };
}

}  // namespace sluice::app
