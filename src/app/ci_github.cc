#include "app/ci_github.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/file.h"
#include "document/node.h"

namespace sluice::app {
namespace {

constexpr std::size_t largest_payload = 32u << 20;  // bytes; GitHub caps a webhook at 25 MB

// One event: the payload and what every reader starts from.
class GithubEvent {
 public:
  GithubEvent(const Environment& environment, document::Document payload)
      : environment_(environment), payload_(std::move(payload)) {
    event_.deepen =
        "let actions/checkout fetch everything: fetch-depth: 0 (by hand: git fetch --unshallow)";
    event_.default_branch = text({"repository", "default_branch"});
  }

  Result<CiEvent> push();
  Result<CiEvent> pull_request(bool is_untrusted);
  Result<CiEvent> merge_group();
  Result<CiEvent> create();
  Result<CiEvent> release();
  Result<CiEvent> remove();
  Result<CiEvent> whole_history();

 private:
  /// The scalar at `keys`; empty when it is absent or null.
  std::string text(std::initializer_list<std::string_view> keys) const {
    const document::Node* node = &payload_.root;
    for (const std::string_view key : keys) {
      node = node->find(key);
      if (node == nullptr) return {};
    }
    return node->kind == document::Kind::scalar ? node->text : std::string();
  }

  /// The object name at `keys`; empty when it is all zero. Errors: invalid_input.
  Result<std::string> name(std::initializer_list<std::string_view> keys) const {
    const std::string where = fmt::format("{}: {}", payload_.path, fmt::join(keys, "."));
    const std::string value = text(keys);
    if (value.empty()) return fail(ErrorKind::invalid_input, "the event lacks this field", where);
    return object_name(value, where);
  }

  Result<CiEvent> made(const std::string& ref);

  const Environment& environment_;
  const document::Document payload_;
  CiEvent event_;
};

Result<CiEvent> GithubEvent::push() {
  SLUICE_TRY_ASSIGN(std::string before, name({"before"}));
  SLUICE_TRY_ASSIGN(std::string after, name({"after"}));
  const std::string ref = text({"ref"});
  if (ref.empty()) {
    return fail(ErrorKind::invalid_input, "the event lacks this field", payload_.path + ": ref");
  }
  event_.kind = CiEvent::Kind::updates;
  event_.title = "push to " + short_ref(ref);
  event_.updates.push_back({ref, std::move(before), std::move(after)});
  return std::move(event_);
}

Result<CiEvent> GithubEvent::pull_request(bool is_untrusted) {
  const std::string number = text({"pull_request", "number"});
  Proposal& proposal = event_.proposal;
  SLUICE_TRY_ASSIGN(proposal.base, name({"pull_request", "base", "sha"}));
  SLUICE_TRY_ASSIGN(proposal.head, name({"pull_request", "head", "sha"}));
  proposal.base_ref = text({"pull_request", "base", "ref"});
  proposal.is_untrusted = is_untrusted;
  proposal.fetch_head = fmt::format("git fetch origin refs/pull/{}/head", number);
  // The trial merge; for pull_request_target the target branch.
  if (const std::string checked_out = variable(environment_, "GITHUB_SHA"); !checked_out.empty()) {
    SLUICE_TRY_ASSIGN((is_untrusted ? proposal.target : proposal.merge),
                      object_name(checked_out, "GITHUB_SHA"));
  }
  event_.kind = CiEvent::Kind::proposal;
  event_.title = "pull request " + number;
  return std::move(event_);
}

Result<CiEvent> GithubEvent::merge_group() {
  Proposal& proposal = event_.proposal;
  SLUICE_TRY_ASSIGN(proposal.base, name({"merge_group", "base_sha"}));
  SLUICE_TRY_ASSIGN(proposal.head, name({"merge_group", "head_sha"}));
  proposal.fetch_head = "git fetch origin " + proposal.head;
  event_.kind = CiEvent::Kind::proposal;
  event_.title = "merge queue";
  return std::move(event_);
}

Result<CiEvent> GithubEvent::made(const std::string& ref) {
  SLUICE_TRY_ASSIGN(std::string after,
                    object_name(variable(environment_, "GITHUB_SHA"), "GITHUB_SHA"));
  event_.kind = CiEvent::Kind::updates;
  event_.updates.push_back({ref, "", std::move(after)});
  return std::move(event_);
}

Result<CiEvent> GithubEvent::create() {
  const std::string name = text({"ref"});
  const std::string kind = text({"ref_type"});
  if (name.empty() || (kind != "branch" && kind != "tag")) {
    return fail(ErrorKind::invalid_input, "the event does not say what was created",
                payload_.path + ": ref, ref_type");
  }
  const std::string ref = (kind == "tag" ? "refs/tags/" : "refs/heads/") + name;
  event_.title = "creation of " + short_ref(ref);
  return made(ref);
}

Result<CiEvent> GithubEvent::release() {
  const std::string tag = text({"release", "tag_name"});
  const std::string action = text({"action"});
  event_.title = "release " + tag;
  if (action == "deleted" || action == "unpublished") {
    event_.reason = "the release was " + action;
    return std::move(event_);
  }
  return made("refs/tags/" + tag);
}

Result<CiEvent> GithubEvent::remove() {
  event_.title = fmt::format("deletion of {} {}", text({"ref_type"}), text({"ref"}));
  event_.reason = "a deletion brings no commit";
  return std::move(event_);
}

Result<CiEvent> GithubEvent::whole_history() {
  event_.title = variable(environment_, "GITHUB_EVENT_NAME");
  event_.kind = CiEvent::Kind::whole_history;
  const std::string range = text({"inputs", "range"});
  if (range.empty()) return std::move(event_);
  event_.kind = CiEvent::Kind::range;
  event_.range = range;
  return std::move(event_);
}

Result<CiEvent> read(const std::string& name, GithubEvent event) {
  if (name == "push") return event.push();
  if (name == "pull_request_target") return event.pull_request(true);
  if (name == "merge_group") return event.merge_group();
  if (name == "create") return event.create();
  if (name == "release") return event.release();
  if (name == "delete") return event.remove();
  constexpr std::array<std::string_view, 3> with_merge = {"pull_request", "pull_request_review",
                                                          "pull_request_review_comment"};
  constexpr std::array<std::string_view, 3> without_range = {"schedule", "workflow_dispatch",
                                                             "repository_dispatch"};
  const auto is_one_of = [&](const auto& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (is_one_of(with_merge)) return event.pull_request(false);
  if (is_one_of(without_range)) return event.whole_history();
  return fail(ErrorKind::invalid_input,
              fmt::format("the event '{}' does not tell which commits to look at", name),
              "GITHUB_EVENT_NAME", "name the range yourself: sluice range BASE..HEAD");
}

}  // namespace

Result<CiEvent> read_github_event(const Environment& environment) {
  const std::string path = variable(environment, "GITHUB_EVENT_PATH");
  if (path.empty()) {
    return fail(ErrorKind::invalid_input, "GITHUB_EVENT_NAME is set, but not GITHUB_EVENT_PATH", {},
                "hand on both, for example into a container");
  }
  SLUICE_TRY_ASSIGN(const std::string text, base::read_file(path, largest_payload));
  document::Limits limits;
  limits.bytes = largest_payload;
  SLUICE_TRY_ASSIGN(document::Document payload, document::parse_json(text, path, limits));
  return read(variable(environment, "GITHUB_EVENT_NAME"),
              GithubEvent(environment, std::move(payload)));
}

}  // namespace sluice::app
