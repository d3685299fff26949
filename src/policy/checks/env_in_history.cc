#include <fmt/format.h>

#include <unordered_set>

#include "finding/fingerprint.h"
#include "git/object.h"
#include "policy/checks.h"
#include "policy/history.h"
#include "policy/path.h"
#include "policy/published_env.h"

namespace sluice::policy {
namespace {

Finding tell(const Check& check, const PathInHistory& place) {
  Finding finding = finding_of(check, place.path);
  finding.message = fmt::format(
      "{} is in the history, so everybody with a clone can read what it held, even if it is gone "
      "now",
      code(place.path));
  finding.remedy = fmt::format(
      "rotate every credential that it ever held; then {} takes it out of all commits, which must "
      "be "
      "pushed by force and cloned anew",
      code("git filter-repo --invert-paths --path " + shell_quoted(place.path)));
  finding.origin = {OriginKind::tree, place.object, place.commit, place.author, place.date};
  finding.fingerprint = fingerprint(check.id, place.path);
  return finding;
}

bool is_published(const git::Repository& repository, const PathInHistory& place) {
  if (!may_be_published(place.path)) return false;
  const auto id = git::Oid::from_hex(place.object);
  if (!id) return false;
  const auto object = git::read_object(repository, *id, git::ObjectKind::blob);
  return object && is_published_env(place.path, object->bytes());
}

}  // namespace

void check_history_paths(const git::Repository& repository, const std::vector<PathInHistory>& paths,
                         const EnvOptions& options, FindingSink& sink) {
  const EnvNames names(options);
  const Check& check = check_by_id("ENV005");
  std::unordered_set<std::string_view> told;
  for (const PathInHistory& place : paths)
    if (names.classify(place.path) == EnvKind::env_file && !told.contains(place.path) &&
        !is_published(repository, place)) {
      told.insert(place.path);
      sink.add(tell(check, place));
    }
}

}  // namespace sluice::policy
