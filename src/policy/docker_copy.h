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
  std::uint32_t line = 0;
  std::vector<std::string> sources;   ///< as written, quotes taken off
  std::vector<std::string> excluded;  ///< the patterns of `--exclude`
};

/// Reads both forms, words and a JSON list. Nothing for any other instruction, and for a copy from another
/// stage or image.
std::optional<Copy> read_copy(const Instruction& instruction);

/// Those of a Dockerfile, in order.
std::vector<Copy> copies_of(std::string_view dockerfile);

/// How a file is taken along without being named.
struct TakingCopy {
  std::uint32_t line = 0;
  std::string source;     ///< as written: `.`, `.*`, `api/`
  bool is_whole = false;  ///< the source is all of the context
};

/// The first of `copies` that takes the file at `path` of the context along: for `.env`, `COPY . .`, `ADD .* /app/`,
/// `COPY ["./*", "."]`; for `api/.env` also `COPY api .`. Globs are Docker's. One that names it is left out.
std::optional<TakingCopy> copy_taking(const std::vector<Copy>& copies, std::string_view path);

}  // namespace sluice::policy
