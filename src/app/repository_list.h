#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace sluice::app {

/// A repository of a run over many.
struct ListedRepository {
  std::string name;         ///< as the user wrote it
  std::string path;         ///< absolute
  std::uint64_t bytes = 0;  ///< of its packs: how much there is to do
};

/// The repositories `named`, and those that `file` lists: one a line, empty lines and those that
/// start with # left out; `-` is standard input. Each place once, under its first name. Errors: as
/// base::read_file; invalid_input (there is none).
Result<std::vector<ListedRepository>> list_repositories(const std::vector<std::string>& named,
                                                        const std::optional<std::string>& file);

}  // namespace sluice::app
