#include <fmt/format.h>

#include "finding/fingerprint.h"
#include "policy/checks.h"
#include "policy/path.h"
#include "policy/published_env.h"
#include "policy/untrack.h"

namespace sluice::policy {
namespace {

Finding tell(const Subject& subject, const Check& check, const TreeFile& file) {
  Finding finding = finding_of(check, file.path);
  const git::IgnoreVerdict rule = subject.ignores.check(file.path);
  finding.message =
      fmt::format("{} is tracked, so everybody with a clone has what it holds", code(file.path));
  if (rule.ignored) {
    finding.message += fmt::format(
        " (line {} of {} ignores it, but Git ignores untracked files only)", rule.line, rule.file);
    finding.related.push_back({rule.file, static_cast<std::uint32_t>(rule.line), 1,
                               "this rule has no effect on a tracked file", rule.pattern});
  }
  finding.remedy = how_to_untrack(subject, file) + ", commit, and rotate every credential that it held: the history keeps them";
  if (!file.is_unmerged()) finding.origin.object = file.id().hex();
  finding.fingerprint = fingerprint(check.id, file.path);
  return finding;
}

// What cannot be read is told as tracked.
bool is_published(const Tree& tree, const TreeFile& file) {
  constexpr std::size_t largest = 1u << 20;
  if (!file.is_regular() || file.is_unmerged() || !base_name(file.path).starts_with(".env.")) return false;
  const auto text = tree.read(file, largest);
  return text && is_published_env(file.path, *text);
}

}  // namespace

void check_env_tracked(const Subject& subject, const Check& check, FindingSink& sink) {
  for (const EnvFile& named : subject.env_files) {
    if (named.file->is_submodule() || named.kind != EnvKind::env_file) continue;
    if (!is_published(subject.tree, *named.file)) sink.add(tell(subject, check, *named.file));
  }
}

}  // namespace sluice::policy
