#include "secrets/aws_secrets_manager.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "secrets/ask_each.h"
#include "secrets/aws_client.h"
#include "secrets/aws_description.h"
#include "secrets/aws_endpoint.h"
#include "secrets/aws_permissions.h"
#include "secrets/aws_sts.h"
#include "secrets/base64.h"
#include "secrets/json_text.h"
#include "secrets/rendering.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t most_in_a_batch = 20;
constexpr std::size_t shortest_version_id = 32;
constexpr int most_rounds = 3;

ErrorKind kind_of(std::string_view fault) {
  return fault == "ResourceNotFoundException" ? ErrorKind::not_found : ErrorKind::refused;
}

std::string explain(std::string_view fault) {
  if (fault == "ResourceNotFoundException")
    return "there is no such secret (or no such version) here";
  if (fault.starts_with("AccessDenied")) return "the role may not read it";
  if (fault == "DecryptionFailure") return "the role may not decrypt it (KMS key)";
  if (fault == "InvalidRequestException")
    return "it cannot be read: it is marked for deletion, or has no value";
  return fmt::format("the service answers {}", fault);
}

tl::unexpected<Error> refusal(std::string_view fault) {
  return fail(kind_of(fault), explain(fault));
}

std::string text_of(const JsonText& object, std::string_view name) {
  const auto member = object.member(name);
  return member ? std::string(reveal(member->bytes())) : std::string();
}

// A full ARN ends in `-` and six characters that nobody knows beforehand.
bool is_named(const JsonText& secret, const std::string& id) {
  const std::string arn = text_of(secret, "ARN");
  return text_of(secret, "Name") == id || arn == id ||
         (id.starts_with("arn:") && arn.starts_with(id + "-"));
}

Result<SecretValue> secret_of(const JsonText& object) {
  SecretValue secret;
  secret.version = base::escape_for_terminal(text_of(object, "VersionId").substr(0, 64));
  if (const auto text = object.member("SecretString");
      text && text->kind() == JsonText::Kind::string) {
    secret.bytes = text->bytes();
    return secret;
  }
  if (const auto binary = object.member("SecretBinary");
      binary && binary->kind() == JsonText::Kind::string) {
    SLUICE_TRY_ASSIGN(secret.bytes, decode_base64(reveal(binary->bytes())));
    return secret;
  }
  return fail(ErrorKind::corrupt, "the service's reply holds no secret");
}

bool is_version_id(std::string_view version) { return version.size() >= shortest_version_id; }

SecureBytes get_request(const Request& request) {
  SecureBytes body = secure_copy("{\"SecretId\":");
  append_json_string(body, request.name);
  if (!request.version.empty()) {
    append(body,
           is_version_id(request.version) ? ",\"VersionId\":" : ",\"VersionStage\":");
    append_json_string(body, request.version);
  }
  append(body, "}");
  return body;
}

bool asks_for_several_stages(const std::vector<Request>& requests) {
  std::map<std::string_view, int> stages;
  for (const Request& request : requests)
    if (!is_version_id(request.version) && ++stages[request.name] > 1) return true;
  return false;
}

bool have_same_versions(const std::vector<Result<SecretValue>>& a,
                        const std::vector<Result<SecretValue>>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.has_value() == other.has_value() && (!one || one->version == other->version);
  });
}

class SecretsManager : public Provider {
 public:
  SecretsManager(AwsProfiles profiles, std::string region, const AwsOptions& options,
                 const std::string& endpoint)
      : profiles_(std::move(profiles)),
        chain_(http_, profiles_, region),
        client_(http_, chain_, region, "secretsmanager", endpoint),
        sts_(http_, chain_, region, "sts", sts_endpoint(region)),
        iam_(make_iam(region)),
        region_(region) {
    if (!options.allow_static_keys) return;
    for (AwsClient* client : {&client_, &sts_, &iam_}) client->allow_static_keys();
  }

  std::vector<Result<SecretValue>> fetch(const std::vector<Request>& requests) override {
    auto secrets = fetch_once(requests);
    // A promotion between the reads of two stages of one secret gives a pair that never was.
    for (int round = 1; round < most_rounds && asks_for_several_stages(requests); ++round) {
      auto again = fetch_once(requests);
      const bool is_settled = have_same_versions(secrets, again);
      secrets = std::move(again);
      if (is_settled) break;
    }
    http_.forget();
    return secrets;
  }

  std::vector<Result<Description>> describe(const std::vector<Request>& requests) override {
    return ask_each(http_, requests, [this](const Request& request) { return describe_one(request); });
  }

  Result<std::string> identity() override {
    SLUICE_TRY_ASSIGN(const std::string arn, caller());
    SLUICE_TRY_ASSIGN(const AwsCredentials* credentials, chain_.get());
    return fmt::format("{}, by {}", base::escape_for_terminal(arn), credentials->source);
  }

  Result<std::vector<Concern>> examine_access(const std::vector<Request>& needed,
                                              const std::vector<Request>& foreign) override {
    SLUICE_TRY_ASSIGN(const std::string arn, caller());
    AwsPermissions permissions(iam_, arn, region_);
    for (const Request& request : needed) permissions.need(request.name, arn_of(request.name));
    for (const Request& request : foreign) {
      (void)describe_one(request);  // for its ARN, where that may be seen
      permissions.do_not_need(request.name, arn_of(request.name));
    }
    auto concerns = permissions.examine();
    http_.forget();
    return concerns;
  }

 private:
  Result<std::string> caller() {
    SLUICE_TRY_ASSIGN(const AwsAnswer answer,
                      sts_.call("", secure_copy("Action=GetCallerIdentity&Version=2011-06-15")));
    if (!answer.fault.empty()) return refusal(answer.fault);
    SLUICE_TRY_ASSIGN(const SecureBytes arn, xml_element(reveal(answer.body), "Arn"));
    return std::string(reveal(arn).substr(0, 300));
  }

  AwsClient make_iam(const std::string& region) {
    std::string signing_region;
    const std::string endpoint = iam_endpoint(region, signing_region);
    return AwsClient(http_, chain_, signing_region, "iam", endpoint);
  }

  std::string arn_of(const std::string& name) const {
    const auto known = arns_.find(name);
    return known == arns_.end() ? std::string() : known->second;
  }

  std::vector<Result<SecretValue>> fetch_once(const std::vector<Request>& requests) {
    std::vector<Result<SecretValue>> secrets(requests.size(),
                                             fail(ErrorKind::not_found, "not asked for"));
    std::vector<std::size_t> batch;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (!requests[i].version.empty()) {
        secrets[i] = get(requests[i]);
        continue;
      }
      batch.push_back(i);
      if (batch.size() == most_in_a_batch) fetch_batch(requests, std::exchange(batch, {}), secrets);
    }
    if (!batch.empty()) fetch_batch(requests, batch, secrets);
    return secrets;
  }

  Result<SecretValue> get(const Request& request) {
    SLUICE_TRY_ASSIGN(const AwsAnswer answer,
                      client_.call("secretsmanager.GetSecretValue", get_request(request)));
    if (!answer.fault.empty()) return refusal(answer.fault);
    return secret_of_reply(reveal(answer.body));
  }

  void fetch_batch(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                   std::vector<Result<SecretValue>>& secrets) {
    if (which.size() == 1 || !batch_is_allowed_) return fetch_singly(requests, which, secrets);
    SecureBytes body = secure_copy("{\"SecretIdList\":[");
    for (const std::size_t i : which) {
      if (i != which.front()) body.push_back(',');
      append_json_string(body, requests[i].name);
    }
    append(body, "]}");
    const auto answer = client_.call("secretsmanager.BatchGetSecretValue", body);
    if (!answer) {
      for (const std::size_t i : which) secrets[i] = tl::unexpected<Error>(answer.error());
      return;
    }
    if (!answer->fault.empty()) {
      // Some roles may read each secret, but not by this call.
      batch_is_allowed_ = !answer->fault.starts_with("AccessDenied");
      return fetch_singly(requests, which, secrets);
    }
    deal_out(requests, which, reveal(answer->body), secrets);
  }

  void fetch_singly(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                    std::vector<Result<SecretValue>>& secrets) {
    for (const std::size_t i : which) secrets[i] = get(requests[i]);
  }

  void deal_out(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                std::string_view json, std::vector<Result<SecretValue>>& secrets) {
    const auto reply = JsonText::parse(json);
    const auto values = reply ? reply->member("SecretValues") : std::nullopt;
    const auto errors = reply ? reply->member("Errors") : std::nullopt;
    const auto found = values ? values->items() : std::vector<JsonText>();
    const auto faults = errors ? errors->items() : std::vector<JsonText>();
    std::vector<std::size_t> missing;
    for (const std::size_t i : which) {
      const auto secret = std::find_if(found.begin(), found.end(), [&](const JsonText& one) {
        return is_named(one, requests[i].name);
      });
      const auto fault = std::find_if(faults.begin(), faults.end(), [&](const JsonText& one) {
        return text_of(one, "SecretId") == requests[i].name;
      });
      if (secret != found.end()) {
        secrets[i] = secret_of(*secret);
      } else if (fault != faults.end()) {
        const std::string code = text_of(*fault, "ErrorCode");
        secrets[i] =
            refusal(code.size() <= 60 ? base::escape_for_terminal(code) : "an unknown fault");
      } else {
        missing.push_back(i);
      }
    }
    fetch_singly(requests, missing,
                 secrets);  // a reply that does not name all, or in another spelling
  }

  Result<Description> describe_one(const Request& request) {
    const SecureBytes body = get_request({request.name, {}});
    SLUICE_TRY_ASSIGN(const AwsAnswer answer, client_.call("secretsmanager.DescribeSecret", body));
    if (!answer.fault.empty()) return refusal(answer.fault);
    const auto reply = JsonText::parse(reveal(answer.body));
    if (!reply) return fail(ErrorKind::corrupt, "the service's reply is no JSON");
    arns_[request.name] = text_of(*reply, "ARN");
    SLUICE_TRY_ASSIGN(Description description, describe_aws_secret(*reply, request.version));
    const auto policy = client_.call("secretsmanager.GetResourcePolicy", body);
    if (policy && policy->fault.empty()) {
      add_policy_concerns(reveal(policy->body), description);
    } else {
      description.details += ", its own policy cannot be seen";
    }
    return description;
  }

  AwsProfiles profiles_;
  HttpClient http_;
  AwsCredentialChain chain_;
  AwsClient client_;
  AwsClient sts_;
  AwsClient iam_;
  std::string region_;
  std::map<std::string, std::string> arns_;  // of secrets that were described, by their names
  bool batch_is_allowed_ = true;
};

}  // namespace

Result<SecretValue> secret_of_reply(std::string_view json) {
  const auto reply = JsonText::parse(json);
  if (!reply) return fail(ErrorKind::corrupt, "the service's reply is no JSON");
  return secret_of(*reply);
}

Result<std::unique_ptr<Provider>> make_aws_secrets_manager(const AwsOptions& options) {
  SLUICE_TRY_ASSIGN(AwsProfiles profiles, AwsProfiles::read());
  const std::string region = find_region(profiles);
  if (!is_region(region))
    return fail(ErrorKind::invalid_input,
                region.empty() ? "no AWS region is set" : "the AWS region is no name of one", {},
                "set AWS_REGION");
  const std::string endpoint = secrets_manager_endpoint(profiles, region, options.endpoint_url);
  return std::unique_ptr<Provider>(
      std::make_unique<SecretsManager>(std::move(profiles), region, options, endpoint));
}

}  // namespace sluice::secrets
