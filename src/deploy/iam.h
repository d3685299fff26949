#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deploy {

/// One statement of an IAM policy: what it allows, on what.
struct IamStatement {
  std::uint32_t line = 0;  ///< 1-based, of the first action
  bool is_denial = false;
  std::vector<std::string> actions;
  std::vector<std::string> resources;    ///< as they are written between the quotes
  std::vector<std::string> expressions;  ///< resources that are no quoted text, but for the first
                                         ///< word of an operation: `aws_secretsmanager_secret.x.arn`
};

/// The statements in a policy written as JSON, by Terraform's jsonencode or as a Terraform
/// aws_iam_policy_document, alone or amid other text: each innermost `{...}` that names actions
/// (IAM JSON policy reference, "Statement"). Linear; braces deeper than 256 are not told
/// apart.
std::vector<IamStatement> read_iam_statements(std::string_view text);

}  // namespace sluice::deploy
