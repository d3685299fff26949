#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::policy {

/// One instruction of a Dockerfile. Borrows nothing.
struct Instruction {
  std::string name;        ///< upper case: `ENV`
  std::string arguments;   ///< lines joined at their continuation, comments between them left out
  std::uint32_t line = 0;  ///< where it begins, 1-based
};

/// Reads a Dockerfile (Dockerfile reference, "Format"): escape directive, comments, continuation
/// lines. Here-documents belong to no instruction and are skipped. Linear; anything is read
/// somehow.
std::vector<Instruction> read_dockerfile(std::string_view text);

/// `KEY=value` and `KEY value` of an ENV or ARG; quotes are taken off.
struct Assignment {
  std::string key;
  std::string value;
};
std::vector<Assignment> read_assignments(std::string_view arguments, bool old_form);

}  // namespace sluice::policy
