#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <utility>

#include "app/ci_objects.h"
#include "app/ci_range.h"
#include "app/commands/define.h"
#include "app/github_actions.h"
#include "app/history_runs.h"
#include "app/output.h"
#include "app/print_error.h"
#include "app/runs.h"
#include "base/file.h"
#include "base/text.h"

namespace sluice::app {
namespace {

constexpr std::size_t largest_hook_input = 64u << 20;  // bytes; some 400,000 refs

struct Arguments {
  CLI::Option* pre_push = nullptr;
  std::string remote;
  bool pre_receive = false;
};

Result<CiInput> read_input(const Arguments& arguments) {
  CiInput input;
  input.environment = process_environment();
  input.remote = arguments.remote;
  if (arguments.pre_push->count() > 0) input.hook = CiHook::pre_push;
  if (arguments.pre_receive) input.hook = CiHook::pre_receive;
  const bool reads_stdin =
      input.hook == CiHook::pre_receive ||
      (input.hook == CiHook::pre_push && variable(input.environment, "PRE_COMMIT") != "1");
  if (!reads_stdin) return input;
  if (::isatty(STDIN_FILENO) == 1) {
    return fail(ErrorKind::invalid_input,
                "a hook's lines are expected on standard input, not a terminal", {},
                "this is for Git's hooks: see 'sluice install'; by hand: sluice range BASE..HEAD");
  }
  SLUICE_TRY_ASSIGN(input.stdin_text,
                    base::read_all(STDIN_FILENO, "standard input", largest_hook_input));
  return input;
}

Status check_policy_is_trusted(const Session& session, const CiScope& scope,
                               const Environment& environment) {
  const bool is_named =
      session.options().policy_file || !variable(environment, "SLUICE_CONFIG").empty();
  if (!scope.is_checkout_untrusted || is_named || session.policy().path.empty()) return {};
  return fail(ErrorKind::refused,
              "the policy file comes from the pull request itself, which runs here with the "
              "target's rights",
              session.policy().path, "check out the target branch, or name a policy file with -c");
}

std::string describe(const CiScope& scope) {
  if (scope.whole_history) return scope.description + ": the whole history";
  if (scope.empty_reason.empty()) return scope.description;
  return scope.description + " (nothing new: " + scope.empty_reason + ")";
}

Run run_of(const Session& session, CiScope scope) {
  std::string description = describe(scope);
  if (scope.whole_history) {
    Run run = history_run(session);
    run.description = std::move(description);
    run.kind = "ci";
    return run;
  }
  Run run = range_run(session, std::move(scope.range), "ci", std::move(description));
  if (!scope.objects.empty()) add_objects(session, std::move(scope.objects), run);
  return run;
}

Result<int> run_ci(const Session& session, const Arguments& arguments) {
  SLUICE_TRY_ASSIGN(CiInput input, read_input(arguments));
  SLUICE_TRY_ASSIGN(CiScope scope, find_ci_scope(*session.repository(), input));
  SLUICE_TRY(check_policy_is_trusted(session, scope, input.environment));
  std::vector<std::string> notes = std::move(scope.notes);
  const Run run = run_of(session, std::move(scope));
  // Said before the run, whatever the report's format: the range was found, not given.
  if (!session.options().quiet) {
    fmt::print(stderr, "sluice: looking at {}\n", base::escape_for_terminal(run.description));
  }
  Audit audit = run_pipeline(session, run);
  audit.notes.insert(audit.notes.end(), notes.begin(), notes.end());
  const Status reports = write_reports(session.options(), audit);
  const Status actions = write_for_github_actions(session.options(), audit, input.environment);
  for (const Status* status : {&reports, &actions}) {
    if (*status) continue;
    report_failure(status->error());
    audit.exit_code = 2;
  }
  return audit.exit_code;
}

}  // namespace

Action define_ci(CLI::App& cli) {
  const auto arguments = std::make_shared<Arguments>();
  arguments->pre_push =
      cli.add_option("--pre-push", arguments->remote,
                     "Read a pre-push hook's lines; REMOTE is the hook's first argument")
          ->expected(0, 1)
          ->type_name("[REMOTE]");
  cli.add_flag("--pre-receive", arguments->pre_receive, "Read a pre-receive hook's lines")
      ->excludes(arguments->pre_push);
  return [arguments](const Options& options) {
    const auto session = Session::open(options, Session::Needs::repository);
    if (!session) return 2;
    const auto code = run_ci(*session, *arguments);
    if (code) return *code;
    print_error(code.error());
    return 2;
  };
}

}  // namespace sluice::app
