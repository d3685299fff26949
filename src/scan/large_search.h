#pragma once

#include <string_view>
#include <vector>

#include "scan/candidate.h"
#include "scan/scanner.h"

namespace sluice::scan {

/// From so many bytes on a text is worth threads of its own.
inline constexpr std::size_t least_large = std::size_t{4} << 20;

/// What Scanner::scan() gives for a large text, whose parts `jobs` threads share. Of a part only what matched is kept,
/// so that the memory that this takes grows with matches and not with the text.
std::vector<Match> matches_of_large(const Scanner& scanner, std::string_view text, bool is_binary, unsigned jobs);

/// What Search::scan() gives for a large text that others are made from, likewise.
Candidates candidates_of_large(const Scanner& scanner, std::string_view text, bool is_binary, unsigned jobs);

}  // namespace sluice::scan
