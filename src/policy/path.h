#pragma once

#include <string>
#include <string_view>

namespace sluice::policy {

/// The part of `path` behind its last `/`. Borrowed from `path`.
std::string_view base_name(std::string_view path);

/// The part of `path` before its last `/`; empty for a path at the top. Borrowed from `path`.
std::string_view directory_of(std::string_view path);

/// `name` in `directory`, which may be empty for the top.
std::string join(std::string_view directory, std::string_view name);

/// True when `path` is `directory` or lies below it; everything lies below the top ("").
bool is_within(std::string_view path, std::string_view directory);

/// `text` as one word of a POSIX shell, quoted only where it must be.
std::string shell_quoted(std::string_view text);

/// `text` between backquotes, for messages.
std::string code(std::string_view text);

}  // namespace sluice::policy
