#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/repository.h"

namespace sluice::app {

/// Other programs that write hooks and would fight over the file.
enum class HookManager { none, pre_commit, husky, lefthook, overcommit };

std::string_view to_string(HookManager manager);

/// What to do so that `manager` itself runs sluice for `hook`.
std::string advice_for(HookManager manager, const std::string& hook);

/// One hook as it is now.
struct HookPlace {
  std::string hook;     ///< `pre-commit`
  std::string path;     ///< where Git looks for it
  std::string backup;   ///< where the hook before sluice's lies or would lie
  bool exists = false;  ///< a dangling link included
  bool is_executable = false;
  bool is_own = false;  ///< written by sluice
  bool has_backup = false;
  std::string text;  ///< empty when it does not exist or is larger than 16 MiB
  HookManager manager = HookManager::none;
};

/// Looks at `hook` in repository.hooks_dir(). Errors: as hooks_dir; unreadable, io.
Result<HookPlace> look_at_hook(const git::Repository& repository, const std::string& hook);

/// True when Git looks for hooks in a folder that neither the repository nor its work tree holds,
/// as several repositories may share it. Errors: as hooks_dir.
Result<bool> is_hooks_dir_shared(const git::Repository& repository);

}  // namespace sluice::app
