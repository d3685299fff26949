#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
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

/// A block at the top of a Terraform file.
struct HclBlock {
  std::string head;  ///< `resource "aws_secretsmanager_secret" "db"`
  std::uint32_t line = 0;  ///< 1-based
  /// Its own attributes, not those of blocks within: name and expression as they are written.
  std::vector<std::pair<std::string, std::string>> attributes;

  /// The expression of an attribute; empty when there is none.
  std::string_view find(std::string_view name) const;
};

/// Reads blocks line by line; with the limits of read_hcl.
std::vector<HclBlock> read_hcl_blocks(std::string_view text);

}  // namespace sluice::deploy
