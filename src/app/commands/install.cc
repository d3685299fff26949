#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/define.h"
#include "app/hook_install.h"
#include "app/output.h"
#include "app/print_error.h"

namespace sluice::app {
namespace {

using Change = HookOutcome (*)(const git::Repository&, const HookChoice&);

Result<HookOutcome> run_change(Change change, const std::string& directory, HookChoice choice) {
  SLUICE_TRY_ASSIGN(const git::Repository repository, git::Repository::open(directory));
  SLUICE_TRY_ASSIGN(choice.binary, own_path());
  return change(repository, choice);
}

int change_hooks(Change change, const Options& options, const HookChoice& choice) {
  auto outcome = run_change(change, options.directory, choice);
  if (!outcome) {
    print_error(outcome.error());
    return 2;
  }
  for (const std::string& line : outcome->done) {
    if (options.quiet) break;
    if (const Status status = write_stdout(line + "\n"); !status) return 2;
  }
  if (!outcome->failure) return 0;
  print_error(*outcome->failure);
  return 2;
}

void add_hook_names(CLI::App& cli, HookChoice& choice) {
  cli.add_option("HOOK", choice.hooks,
                 "pre-commit, commit-msg, pre-push or pre-receive (default: all that fit)");
}

}  // namespace

Action define_install(CLI::App& cli) {
  const auto choice = std::make_shared<HookChoice>();
  add_hook_names(cli, *choice);
  cli.add_flag("--force", choice->force,
               "Also into a folder outside the repository, and beside another hook manager");
  return [choice](const Options& options) { return change_hooks(install_hooks, options, *choice); };
}

Action define_uninstall(CLI::App& cli) {
  const auto choice = std::make_shared<HookChoice>();
  add_hook_names(cli, *choice);
  return
      [choice](const Options& options) { return change_hooks(uninstall_hooks, options, *choice); };
}

}  // namespace sluice::app
