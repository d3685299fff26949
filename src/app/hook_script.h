#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::app {

/// The hooks that sluice can put in place, in the order of a commit's life: `pre-commit`,
/// `commit-msg`, `pre-push`; and `pre-receive` for a server.
const std::vector<std::string>& known_hooks();

/// What the hook runs, as a person would type it: `sluice staged`.
std::string hook_command(std::string_view hook);

/// The hook's text: POSIX sh that first runs the hook that was there before
/// (`<hook>.before-sluice`) with the same arguments and input and respects its exit code, then
/// `binary` (an absolute path), or the `sluice` on PATH when that is gone. Without any it fails and
/// says how to install it or to take the hook out.
std::string hook_script(std::string_view hook, const std::string& binary);

/// True for a text that hook_script made, by this or another version.
bool is_own_script(std::string_view text);

/// The binary that a hook_script text names; nothing for another text.
std::optional<std::string> binary_of(std::string_view text);

/// `text` as one word of a POSIX shell.
std::string shell_word(std::string_view text);

}  // namespace sluice::app
