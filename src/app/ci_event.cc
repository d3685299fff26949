#include "app/ci_event.h"

#include <fmt/format.h>
#include <unistd.h>

#include "app/ci_github.h"
#include "app/ci_gitlab.h"
#include "app/ci_hook_input.h"
#include "git/oid.h"

extern char** environ;

namespace sluice::app {
namespace {

constexpr std::string_view ways =
    "name the range yourself: sluice range BASE..HEAD; in a hook: sluice ci --pre-push REMOTE or "
    "sluice ci --pre-receive";

}  // namespace

Environment process_environment() {
  Environment variables;
  for (char** at = environ; at != nullptr && *at != nullptr; ++at) {
    const std::string_view pair(*at);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return variables;
}

std::string variable(const Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

Result<std::string> object_name(const std::string& name, const std::string& where) {
  const auto id = git::Oid::from_hex(name);
  if (!id) {
    return fail(ErrorKind::invalid_input, fmt::format("'{}' is no full object name", name), where);
  }
  return id->is_zero() ? std::string() : id->hex();
}

std::string short_ref(const std::string& ref) {
  constexpr std::string_view branch = "refs/heads/";
  constexpr std::string_view tag = "refs/tags/";
  if (ref.starts_with(branch)) return ref.substr(branch.size());
  if (ref.starts_with(tag)) return "tag " + ref.substr(tag.size());
  return ref;
}

Result<CiEvent> read_ci_event(const CiInput& input) {
  const Environment& environment = input.environment;
  if (input.hook == CiHook::pre_receive) return read_pre_receive(input.stdin_text);
  if (input.hook == CiHook::pre_push) {
    return is_run_by_pre_commit(environment) ? read_pre_commit(environment)
                                             : read_pre_push(input.stdin_text, input.remote);
  }
  if (names_pre_commit_range(environment)) return read_pre_commit(environment);
  if (!variable(environment, "GITHUB_EVENT_NAME").empty()) return read_github_event(environment);
  if (!variable(environment, "GITLAB_CI").empty()) return read_gitlab_event(environment);
  return fail(
      ErrorKind::invalid_input,
      "nothing tells which commits to look at: neither GitHub's nor GitLab's variables are set", {},
      std::string(ways));
}

}  // namespace sluice::app
