#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "secrets/aws_client.h"
#include "secrets/provider.h"

namespace sluice::secrets {

/// Asks IAM what a caller's own policies let it do with secrets (SimulatePrincipalPolicy), without
/// doing any of it. Policies of the secrets themselves and of KMS keys are not part of that.
class AwsPermissions {
 public:
  /// `caller` is what GetCallerIdentity says. `iam` must outlive this object.
  AwsPermissions(AwsClient& iam, const std::string& caller, std::string region);

  /// A secret that the caller must be able to read, or must not. An empty `arn` is made of `name`.
  void need(const std::string& name, const std::string& arn);
  void do_not_need(const std::string& name, const std::string& arn);

  /// What is allowed too widely or not at all. Errors: refused (the caller may not ask, or is no
  /// role or user), unsupported (the service does not know the call), io.
  Result<std::vector<Concern>> examine();

 private:
  struct Named {
    std::string name;
    std::string arn;
  };

  Named named(const std::string& name, const std::string& arn) const;
  Result<bool> allows(const std::string& action, const std::string& arn);
  Status examine_needed(std::vector<Concern>& concerns);
  Status examine_others(std::vector<Concern>& concerns);

  AwsClient& iam_;
  std::string principal_;  // empty: nobody whose policies can be asked about
  std::string account_;
  std::string partition_;
  std::string region_;
  std::vector<Named> needed_;
  std::vector<Named> others_;
};

}  // namespace sluice::secrets
