#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/runs.h"

namespace sluice::app {

Action define_history(CLI::App& cli) {
  const auto reachable = std::make_shared<bool>(false);
  cli.add_flag("--reachable", *reachable, "Only what refs and reflogs reach");
  return [reachable](const Options& options) {
    const auto session = Session::open(options, Session::Needs::repository);
    if (!session) return 2;
    session->source_options().reachable_only = *reachable;
    return run_and_report(*session, history_run(*session));
  };
}

}  // namespace sluice::app
