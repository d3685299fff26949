#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/print_error.h"
#include "app/runs.h"
#include "git/walk.h"

namespace sluice::app {
namespace {

Result<git::Range> resolve_filled_range(const git::Repository& repository, const std::string& spec) {
  SLUICE_TRY_ASSIGN(git::Range range, git::resolve_range(repository, spec));
  SLUICE_TRY_ASSIGN(range.commits, git::commits(repository, range.include, range.exclude));
  if (!range.commits->empty() || !range.tags.empty()) return range;
  return fail(ErrorKind::invalid_input, "the range holds no commit, so there was nothing to look at", spec,
              "write BASE..HEAD with HEAD ahead of BASE; after a fetch, is BASE still what you mean?");
}

}  // namespace

Action define_range(CLI::App& cli) {
  const auto spec = std::make_shared<std::string>();
  cli.add_option("RANGE", *spec, "A..B, A...B, or any single revision with its ancestors")->required();
  return [spec](const Options& options) {
    const auto session = Session::open(options, Session::Needs::repository);
    if (!session) return 2;
    auto range = resolve_filled_range(*session->repository(), *spec);
    if (!range) {
      print_error(range.error());
      return 2;
    }
    return run_report_and_leave(*session, range_run(*session, std::move(*range), "range", *spec));
  };
}

}  // namespace sluice::app
