#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/repository.h"

namespace sluice::app {

struct HookChoice {
  std::vector<std::string> hooks;  ///< empty: all that make sense in this repository
  bool force = false;              ///< also in shared folders and beside other hook managers
  std::string binary;              ///< absolute path of the program that the hooks are to run
};

/// What was done, one line each, even when something failed later.
struct HookOutcome {
  std::vector<std::string> done;
  std::optional<Error> failure;
};

/// Writes the hooks into repository.hooks_dir(). A hook that is there is renamed to
/// `<hook>.before-sluice` and called first. Doing it again changes nothing. Everything is looked at
/// before anything is written.
/// Failures: invalid_input (unknown hook), refused (shared folder or another manager without
/// `force`; a hook and an older backup both there), unreadable, io, corrupt (configuration).
HookOutcome install_hooks(const git::Repository& repository, const HookChoice& choice);

/// Removes the hooks that sluice wrote and renames the ones from before back. Others stay.
/// Failures: invalid_input, unreadable, io, corrupt.
HookOutcome uninstall_hooks(const git::Repository& repository, const HookChoice& choice);

/// The hooks meant by `names`: itself, or the default for this repository (for a bare one
/// pre-receive). Errors: invalid_input (unknown name; a hook that makes no sense in a bare
/// repository).
Result<std::vector<std::string>> chosen_hooks(const git::Repository& repository,
                                              const std::vector<std::string>& names);

/// The absolute path of the running program. Errors: io.
Result<std::string> own_path();

}  // namespace sluice::app
