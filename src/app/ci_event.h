#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sluice::app {

/// Environment variables by name; a test makes its own.
using Environment = std::map<std::string, std::string, std::less<>>;

/// Those of this process.
Environment process_environment();

/// The variable's value; empty when it is unset.
std::string variable(const Environment& environment, std::string_view name);

enum class CiHook { none, pre_push, pre_receive };

/// All that tells what a CI run or a hook is about.
struct CiInput {
  CiHook hook = CiHook::none;
  std::string remote;  ///< pre-push: the first argument Git gives the hook, a remote's name or URL
  std::string stdin_text;  ///< what Git gives the hook on standard input
  Environment environment;
};

/// A ref that was made, moved or deleted. The names are full hexadecimal object names or, where a
/// person gave them, revisions; empty stands for "none" (Git's all-zero name).
struct RefUpdate {
  std::string ref;  ///< in full (`refs/heads/main`) where it is known
  std::string old_name;
  std::string new_name;
};

/// Which commits were there before the event, beside a moved ref's old one.
enum class Known {
  default_branch,  ///< those of the default branch: its own pushes are looked at by their own runs
  remote,          ///< those that the remote-tracking refs of `CiEvent::remote` reach
  all_refs,        ///< those that any ref reaches: a server, before it moves the refs
};

/// A pull or merge request, or a merge queue's group.
struct Proposal {
  std::string base;           ///< where the target branch stood, in hexadecimal
  std::string head;           ///< what is proposed, in hexadecimal
  std::string merge;          ///< the trial merge that the CI system made of both; may be empty
  std::string base_ref;       ///< the target branch's short name; may be empty
  std::string fetch_head;     ///< the command that brings `head` into the clone
  std::string target;         ///< the target branch's commit that the run checks out; may be empty
  bool is_untrusted = false;  ///< runs with the target's rights: nothing in `head` may be obeyed
};

/// What happened, as the hook or the CI system tells it. Nothing in it was held against a
/// repository.
struct CiEvent {
  enum class Kind { updates, proposal, range, whole_history, nothing };

  Kind kind = Kind::nothing;
  std::string title;               ///< `push to main`, `pull request 12`
  std::vector<RefUpdate> updates;  ///< updates: each is looked at
  Proposal proposal;               ///< proposal
  std::string range;               ///< range: gitrevisions, as a person gave it
  std::string reason;              ///< nothing: why that is right
  Known known = Known::default_branch;
  std::string default_branch;  ///< its short name; empty when the system does not tell
  std::string remote;
  std::string deepen;  ///< the one-line remedy for a shallow clone
};

/// Reads the hook's input when `input.hook` names one, else what the environment says of
/// pre-commit, GitHub or GitLab. Errors: invalid_input (no such system found, unknown event,
/// malformed line, field or name); not_found, unreadable, io (GitHub's event file).
Result<CiEvent> read_ci_event(const CiInput& input);

/// `name` itself, empty when it is the all-zero name. Errors: invalid_input (not 40 hexadecimal
/// digits).
Result<std::string> object_name(const std::string& name, const std::string& where);

/// `refs/heads/main` as `main`, `refs/tags/v1` as `tag v1`.
std::string short_ref(const std::string& ref);

}  // namespace sluice::app
