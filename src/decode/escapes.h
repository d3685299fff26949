#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "decode/encoded_run.h"

namespace sluice::decode {

/// One escape: how many bytes it takes and the code point it stands for; `is_nothing` when it only breaks a line.
struct Escape {
  std::size_t size = 0;
  std::uint32_t code_point = 0;
  bool is_nothing = false;
};

/// The escape of `encoding` that begins at `at`, or nothing. Looks at 12 bytes at most.
std::optional<Escape> escape_at(std::string_view text, std::size_t at, Encoding encoding);

/// The byte that every escape of `encoding` begins with; not for base64 and hex.
char lead_of(Encoding encoding);

}  // namespace sluice::decode
