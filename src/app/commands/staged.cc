#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/runs.h"

namespace sluice::app {

Action define_staged(CLI::App&) {
  return [](const Options& options) {
    const auto session = Session::open(options, Session::Needs::repository);
    return session ? run_and_report(*session, staged_run(*session)) : 2;
  };
}

}  // namespace sluice::app
