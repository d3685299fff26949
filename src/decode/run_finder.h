#pragma once

#include <optional>
#include <string_view>

#include "decode/encoded_run.h"

namespace sluice::decode {

/// Whether a place is an anchor is told by bytes up to so far before it, and by fewer than these behind it.
inline constexpr std::size_t anchor_reach = 256;
inline constexpr std::size_t anchor_size = 32;

/// Longer runs are read up to here.
inline constexpr std::size_t longest_run = 16u << 20;

/// Appends the runs of `text` with an anchor in [from, to). Base64 and hexadecimal runs have at least 24
/// characters and begin like text, gzip, zlib or zip, so that names, digests and pictures are none; escapes are
/// anchors by themselves, and near ones belong to one run. Linear in `to - from` and in the runs.
void find_runs(std::string_view text, std::size_t from, std::size_t to, EncodedRuns& out);

/// The run of `encoding` that has its anchor at `anchor`, as find_runs() would give it, or nothing.
std::optional<EncodedRun> run_at(std::string_view text, std::size_t anchor, Encoding encoding);

}  // namespace sluice::decode
