#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deploy {

/// An attribute of a Terraform file whose value is a plain quoted text.
struct HclAttribute {
  std::string block;  ///< `provider "aws"`, `variable "db_password"`; empty at the top
  std::string name;
  std::string value;       ///< as it is written between the quotes
  std::uint32_t line = 0;  ///< 1-based
};

/// Reads `name = "text"` line by line, with the innermost block's head (HCL native syntax,
/// "Attribute Definitions"). Comments and here-documents are skipped; what goes over several lines
/// is left out. Linear; blocks deeper than 64 are not told apart.
std::vector<HclAttribute> read_hcl(std::string_view text);

}  // namespace sluice::deploy
