#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/runs.h"

namespace sluice::app {

Action define_history(CLI::App& cli) {
  const auto reachable = std::make_shared<bool>(false);
  cli.add_flag("--reachable", *reachable, "Only what refs and reflogs reach");
  const auto engine = std::make_shared<std::string>("fast");
  cli.add_option("--engine", *engine, "How objects are read: fast, or simple (the oracle it is tested against)")
      ->type_name("NAME")
      ->check(CLI::IsMember({"fast", "simple"}).description(""));
  return [reachable, engine](const Options& options) {
    const auto session = Session::open(options, Session::Needs::repository);
    if (!session) return 2;
    session->source_options().reachable_only = *reachable;
    if (*engine == "simple") session->source_options().engine = source::Engine::simple;
    return run_and_report(*session, history_run(*session));
  };
}

}  // namespace sluice::app
