#pragma once

#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::policy {

/// The part of `path` behind its last `/`. Borrowed from `path`.
inline std::string_view base_name(std::string_view path) {
  // Asked of every path of a tree: rfind would go byte by byte.
  const void* const slash = path.empty() ? nullptr : ::memrchr(path.data(), '/', path.size());
  if (slash == nullptr) return path;
  return path.substr(static_cast<std::size_t>(static_cast<const char*>(slash) - path.data()) + 1);
}

/// The part of `path` before its last `/`; empty for a path at the top. Borrowed from `path`.
std::string_view directory_of(std::string_view path);

/// `name` in `directory`, which may be empty for the top.
std::string join(std::string_view directory, std::string_view name);

/// `relative`, which may hold `.` and `..`, as seen from `directory`; nothing when that leaves the tree.
std::optional<std::string> path_from(std::string_view directory, std::string_view relative);

/// True when `path` is `directory` or lies below it; everything lies below the top ("").
bool is_within(std::string_view path, std::string_view directory);

/// `text` as one word of a POSIX shell, quoted only where it must be.
std::string shell_quoted(std::string_view text);

/// `text` between backquotes, for messages.
std::string code(std::string_view text);

}  // namespace sluice::policy
