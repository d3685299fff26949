#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::policy {

/// Why a line of an ignore file does not match a path that it looks meant for.
struct IgnoreMend {
  std::string why;      ///< a clause about the line, in words
  std::string instead;  ///< the line to write in its place; empty when the whole file needs mending
};

/// Tries the usual slips on `line`, a line of `directory`'s ignore file that does not match the
/// file `path`: a final slash, a comment behind the pattern, quotes, braces, letter case, ...
/// Nothing when none of them explains it.
std::optional<IgnoreMend> mend_pattern(std::string_view line, std::string_view directory,
                                       std::string_view path);

/// As above, for a `line` decoded from a file in UTF-16, in which Git finds no pattern at all.
std::optional<IgnoreMend> mend_encoding(std::string_view line, std::string_view directory,
                                        std::string_view path);

}  // namespace sluice::policy
