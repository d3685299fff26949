#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/dockerfile.h"

namespace sluice::policy {

/// What a COPY or ADD takes from the build's context.
struct Copy {
  std::vector<std::string> sources;   ///< as written, quotes taken off
  std::vector<std::string> excluded;  ///< the patterns of `--exclude`
};

/// Reads both forms, words and a JSON list. Nothing for any other instruction, and for a copy from another
/// stage or image.
std::optional<Copy> read_copy(const Instruction& instruction);

/// How a Dockerfile takes the `.env` at the top of its context along without naming it.
struct EnvCopy {
  std::uint32_t line = 0;
  std::string source;     ///< as written: `.`, `.*`
  bool is_whole = false;  ///< the source is all of the context
};

/// The first instruction that does: `COPY . .`, `ADD .* /app/`, `COPY ["./*", "."]`. Globs are Docker's.
std::optional<EnvCopy> copy_with_env(std::string_view dockerfile);

}  // namespace sluice::policy
