#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "deploy/declared_secret.h"
#include "deploy/file.h"

namespace sluice::deploy {

/// What one statement of a policy lets somebody read of Secrets Manager.
struct SecretGrant {
  const File* file = nullptr;
  std::uint32_t line = 0;   ///< 1-based
  std::string environment;  ///< that the policy's name or place tells, in its usual spelling
  /// As they are written: `arn:...:secret:shop/${var.env}/*`, `aws_secretsmanager_secret.db.arn`.
  std::vector<std::string> resources;
  /// Patterns of the secrets' names with their ARNs' random endings, `*` and `?` being wildcards.
  std::vector<std::string> patterns;
  bool is_computed = false;  ///< some resource cannot be told from the text
};

/// The grants in the Terraform files and JSON policies among `files`. `declared` are the secrets
/// that resources may name. Denials are left out.
std::vector<SecretGrant> secret_grants(std::span<const File> files,
                                       const std::vector<DeclaredSecret>& declared);

/// Whether the grant covers the secret `name`, a name or an ARN.
bool covers(const SecretGrant& grant, std::string_view name);

/// `shop/prod/db` of `arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/prod/db-AbCdEf`; a
/// name stays as it is.
std::string secret_name(std::string_view name_or_arn);

/// Whether an action, wildcards in it, lets one read values. A batch needs no resource, since each
/// secret of it is asked about by itself, and is none.
bool reads_secrets(std::string_view action);

}  // namespace sluice::deploy
