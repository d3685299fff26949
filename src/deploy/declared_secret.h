#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "deploy/file.h"
#include "deploy/hcl.h"

namespace sluice::deploy {

/// A secret of AWS Secrets Manager that Terraform declares or looks up.
struct DeclaredSecret {
  const File* file = nullptr;
  std::uint32_t line = 0;  ///< 1-based
  std::string label;       ///< `db` of `resource "aws_secretsmanager_secret" "db"`
  /// Its name as it is written between the quotes, `${...}` included; for `name_prefix` with `${}`
  /// at the end. Empty: computed.
  std::string name;
  bool is_elsewhere = false;  ///< a data source: somebody else makes it
};

/// Those of the Terraform files among `files`, in order.
std::vector<DeclaredSecret> declared_secrets(std::span<const File> files);

/// Whether `name` may be what `declared` becomes: each `${...}` stands for any text.
bool may_be_named(std::string_view declared, std::string_view name);

}  // namespace sluice::deploy
