#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decode/encoded_run.h"

namespace sluice::decode {

/// What a run stands for. `from[i]` is how far behind the run's begin byte i came from; one more tells where the
/// last ended. `changed[i]` is true where the byte was written as something else.
struct Decoded {
  std::string text;
  std::vector<std::uint32_t> from;
  std::vector<bool> changed;
};

/// Decodes `run` of `text`. Code points become UTF-8, except those of single bytes.
Decoded decode(std::string_view text, const EncodedRun& run);

/// What gzip (RFC 1952) or zlib (RFC 1950) bytes hold, or nothing when they are neither or damaged.
/// `is_cut` says that there was more than `limit` bytes.
std::optional<std::string> inflate(std::string_view bytes, std::size_t limit, bool& is_cut);

/// Whether `bytes` begin like gzip or zlib.
bool is_deflated(std::string_view bytes);

}  // namespace sluice::decode
