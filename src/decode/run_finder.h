#pragma once

#include <cstddef>
#include <string_view>

#include "decode/encoded_run.h"

namespace sluice::decode {

/// Appends the runs of `text` with an anchor in [from, to). Base64 and hexadecimal runs have at least 24
/// characters and begin like text, gzip, zlib or zip, so that names, digests and pictures are none; escapes are
/// anchors by themselves, and near ones belong to one run. Linear in `to - from` and in the runs.
void find_runs(std::string_view text, std::size_t from, std::size_t to, EncodedRuns& out);

}  // namespace sluice::decode
