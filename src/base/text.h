#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::base {

/// Length in bytes of the UTF-8 sequence at the start of `text`; 1 for a byte that starts none, so
/// that walking always advances. `text` must not be empty.
std::size_t code_point_length(std::string_view text);

/// How often `byte` stands in `text`.
std::size_t count_byte(std::string_view text, char byte);

/// Unicode code points in `text`; a byte that is not part of valid UTF-8 counts as one.
std::size_t count_code_points(std::string_view text);

/// True when all of `text` is valid UTF-8 (RFC 3629).
bool is_valid_utf8(std::string_view text);

/// `text` with every invalid byte replaced by U+FFFD: for JSON and XML, which must be Unicode.
std::string to_valid_utf8(std::string_view text);

/// `text` fit for a terminal: control characters (newline, tab, ESC, C1, ...), bidirectional overrides
/// and invalid bytes appear as `\n`, `\t`, `\x1b`, `\u202e`, `\xff`.
std::string escape_for_terminal(std::string_view text);

/// ASCII lower case; other bytes stay.
std::string to_lower(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
bool contains_ignoring_case(std::string_view text, std::string_view needle);

/// `text` without leading and trailing ASCII white space.
std::string_view trim(std::string_view text);

/// Pieces of `text` between `separator`s; always at least one.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Levenshtein distance in bytes, at most `limit` + 1 (the search stops there).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The candidate nearest to `word` for a "did you mean", or empty when none is near enough
/// (a third of the word's length, at most 3 edits). Ties go to the first.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace sluice::base
