#include "secrets/aws_permissions.h"

#include <fmt/format.h>

#include "base/text.h"
#include "secrets/aws_sts.h"

namespace sluice::secrets {
namespace {

// A full ARN ends in six characters that nobody knows beforehand; policies match them by wildcards.
constexpr std::string_view some_ending = "-aB3xY9";
constexpr std::string_view probe = "sluice-asks-about-a-secret-that-is-not-there";

// The role behind `arn:aws:sts::123456789012:assumed-role/NAME/SESSION`; a user stays as it is.
std::string principal_of(const std::vector<std::string_view>& parts, const std::string& caller) {
  if (parts.size() != 6) return {};
  const std::vector<std::string_view> path = base::split(parts[5], '/');
  if (parts[2] == "iam" && path.front() == "user") return caller;
  if (parts[2] != "sts" || path.front() != "assumed-role" || path.size() < 2) return {};
  return fmt::format("arn:{}:iam::{}:role/{}", parts[1], parts[4], path[1]);
}

}  // namespace

AwsPermissions::AwsPermissions(AwsClient& iam, const std::string& caller, std::string region)
    : iam_(iam), region_(std::move(region)) {
  const std::vector<std::string_view> parts = base::split(caller, ':');
  principal_ = principal_of(parts, caller);
  if (parts.size() != 6) return;
  partition_ = parts[1];
  account_ = parts[4];
}

AwsPermissions::Named AwsPermissions::named(const std::string& name, const std::string& arn) const {
  if (!arn.empty() || name.starts_with("arn:")) return {name, arn.empty() ? name : arn};
  return {name, fmt::format("arn:{}:secretsmanager:{}:{}:secret:{}{}", partition_, region_,
                            account_, name, some_ending)};
}

void AwsPermissions::need(const std::string& name, const std::string& arn) {
  needed_.push_back(named(name, arn));
}

void AwsPermissions::do_not_need(const std::string& name, const std::string& arn) {
  others_.push_back(named(name, arn));
}

// One action on one secret a call, so that there is one decision in the reply.
Result<bool> AwsPermissions::allows(const std::string& action, const std::string& arn) {
  SecureBytes form;
  append_parameter(form, "Action", "SimulatePrincipalPolicy");
  append_parameter(form, "Version", "2010-05-08");
  append_parameter(form, "PolicySourceArn", principal_);
  append_parameter(form, "ActionNames.member.1", "secretsmanager:" + action);
  append_parameter(form, "ResourceArns.member.1", arn);
  SLUICE_TRY_ASSIGN(const AwsAnswer answer, iam_.call("", form));
  if (answer.fault.starts_with("AccessDenied"))
    return fail(ErrorKind::refused, "the caller may not ask IAM (iam:SimulatePrincipalPolicy)");
  if (!answer.fault.empty())
    return fail(ErrorKind::unsupported, fmt::format("IAM answers {}", answer.fault));
  SLUICE_TRY_ASSIGN(const SecureBytes decision, xml_element(reveal(answer.body), "EvalDecision"));
  return reveal(decision) == "allowed";
}

Status AwsPermissions::examine_needed(std::vector<Concern>& concerns) {
  for (const Named& one : needed_) {
    SLUICE_TRY_ASSIGN(const bool may_read, allows("GetSecretValue", one.arn));
    if (!may_read)
      concerns.push_back({Concern::Weight::fault, "not-readable",
                          fmt::format("by its own policies the caller may not read {}", one.name),
                          "allow it secretsmanager:GetSecretValue on this secret"});
    SLUICE_TRY_ASSIGN(const bool may_change, allows("PutSecretValue", one.arn));
    if (may_change)
      concerns.push_back({Concern::Weight::advice, "may-change",
                          fmt::format("the caller may also change {}", one.name),
                          "leave secretsmanager:PutSecretValue to who sets and rotates it"});
  }
  return {};
}

Status AwsPermissions::examine_others(std::vector<Concern>& concerns) {
  const Named any = named(std::string(probe), {});
  SLUICE_TRY_ASSIGN(const bool may_read_any, allows("GetSecretValue", any.arn));
  if (may_read_any)
    concerns.push_back({Concern::Weight::fault, "reads-any-secret",
                        "the caller may read every secret of the account",
                        "allow secretsmanager:GetSecretValue on the ARNs that it needs"});
  for (const Named& one : others_) {
    SLUICE_TRY_ASSIGN(const bool may_read, allows("GetSecretValue", one.arn));
    if (may_read)
      concerns.push_back({Concern::Weight::fault, "reads-foreign-secret",
                          fmt::format("the caller may read {}, which only other environments use",
                                      one.name),
                          "give each environment a role of its own"});
  }
  return {};
}

Result<std::vector<Concern>> AwsPermissions::examine() {
  if (principal_.empty())
    return fail(ErrorKind::refused, "the caller is no role or user whose policies IAM tells");
  std::vector<Concern> concerns;
  SLUICE_TRY(examine_needed(concerns));
  SLUICE_TRY(examine_others(concerns));
  return concerns;
}

}  // namespace sluice::secrets
