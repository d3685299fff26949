#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "decode/encoded_run.h"

namespace sluice::decode {

/// Whether a place is an anchor is told by bytes up to so far before it, and by fewer than these behind it.
inline constexpr std::size_t anchor_reach = 256;
inline constexpr std::size_t anchor_size = 32;

/// The run of `encoding` that has its anchor at `anchor`, as find_runs() would give it, or nothing.
std::optional<EncodedRun> run_at(std::string_view text, std::size_t anchor, Encoding encoding);

/// The run of digits from `at` on, where at least two are and none before them. Hexadecimal ones, behind 0x or not, are
/// base64's, too, and taken for what they are first.
std::optional<EncodedRun> digits_at(std::string_view text, std::size_t at);

/// The run of escapes of `encoding`, which is neither base64 nor hexadecimal, that has its anchor at `anchor`.
std::optional<EncodedRun> escapes_at(std::string_view text, std::size_t anchor, Encoding encoding);

}  // namespace sluice::decode
