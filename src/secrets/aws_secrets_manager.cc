#include "secrets/aws_secrets_manager.h"

#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "secrets/aws_client.h"
#include "secrets/aws_sts.h"
#include "secrets/base64.h"
#include "secrets/json_text.h"
#include "secrets/rendering.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t most_in_a_batch = 20;
constexpr std::size_t shortest_version_id = 32;

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

Result<SecureBytes> secret_of(const JsonText& object) {
  if (const auto text = object.member("SecretString");
      text && text->kind() == JsonText::Kind::string)
    return text->bytes();
  if (const auto binary = object.member("SecretBinary");
      binary && binary->kind() == JsonText::Kind::string)
    return decode_base64(reveal(binary->bytes()));
  return fail(ErrorKind::corrupt, "the service's reply holds no secret");
}

SecureBytes get_request(const Request& request) {
  SecureBytes body = secure_copy("{\"SecretId\":");
  append_json_string(body, request.name);
  if (!request.version.empty()) {
    append(body,
           request.version.size() < shortest_version_id ? ",\"VersionStage\":" : ",\"VersionId\":");
    append_json_string(body, request.version);
  }
  append(body, "}");
  return body;
}

class SecretsManager : public Provider {
 public:
  SecretsManager(AwsProfiles profiles, std::string region, const AwsOptions& options,
                 const std::string& endpoint)
      : profiles_(std::move(profiles)),
        chain_(http_, profiles_, region),
        client_(http_, chain_, region, "secretsmanager", endpoint),
        sts_(http_, chain_, region, "sts", sts_endpoint(region)) {
    if (options.allow_static_keys) {
      client_.allow_static_keys();
      sts_.allow_static_keys();
    }
  }

  std::vector<Result<SecureBytes>> fetch(const std::vector<Request>& requests) override {
    std::vector<Result<SecureBytes>> secrets(requests.size(),
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
    http_.forget();
    return secrets;
  }

  std::vector<Result<Description>> describe(const std::vector<Request>& requests) override {
    std::vector<Result<Description>> list;
    for (const Request& request : requests) list.push_back(describe_one(request));
    return list;
  }

  Result<std::string> identity() override {
    SLUICE_TRY_ASSIGN(const AwsAnswer answer,
                      sts_.call("", secure_copy("Action=GetCallerIdentity&Version=2011-06-15")));
    if (!answer.fault.empty()) return refusal(answer.fault);
    SLUICE_TRY_ASSIGN(const SecureBytes arn, xml_element(reveal(answer.body), "Arn"));
    SLUICE_TRY_ASSIGN(const AwsCredentials* credentials, chain_.get());
    return fmt::format("{}, by {}", base::escape_for_terminal(reveal(arn).substr(0, 300)),
                       credentials->source);
  }

 private:
  Result<SecureBytes> get(const Request& request) {
    SLUICE_TRY_ASSIGN(const AwsAnswer answer,
                      client_.call("secretsmanager.GetSecretValue", get_request(request)));
    if (!answer.fault.empty()) return refusal(answer.fault);
    return secret_of_reply(reveal(answer.body));
  }

  void fetch_batch(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                   std::vector<Result<SecureBytes>>& secrets) {
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
                    std::vector<Result<SecureBytes>>& secrets) {
    for (const std::size_t i : which) secrets[i] = get(requests[i]);
  }

  void deal_out(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                std::string_view json, std::vector<Result<SecureBytes>>& secrets) {
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
    SLUICE_TRY_ASSIGN(const AwsAnswer answer, client_.call("secretsmanager.DescribeSecret",
                                                           get_request({request.name, {}})));
    if (!answer.fault.empty()) return refusal(answer.fault);
    const auto reply = JsonText::parse(reveal(answer.body));
    if (!reply) return fail(ErrorKind::corrupt, "the service's reply is no JSON");
    if (reply->member("DeletedDate"))
      return fail(ErrorKind::not_found, "it is marked for deletion");
    return Description{text_of(*reply, "RotationEnabled") == "true" ? "rotates"
                                                                    : "does not rotate"};
  }

  AwsProfiles profiles_;
  HttpClient http_;
  AwsCredentialChain chain_;
  AwsClient client_;
  AwsClient sts_;
  bool batch_is_allowed_ = true;
};

std::string find_region(const AwsProfiles& profiles) {
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"})
    if (std::string region = variable(name); !region.empty()) return region;
  if (const AwsSettings* const settings = profiles.profile(aws_profile_name()))
    if (std::string region = setting(*settings, "region"); !region.empty()) return region;
  HttpClient http;
  const auto region = instance_region(http);
  return region ? *region : std::string();
}

std::string default_endpoint(const std::string& region) {
  const bool is_fips = variable("AWS_USE_FIPS_ENDPOINT") == "true";
  const std::string_view host = is_fips ? "secretsmanager-fips" : "secretsmanager";
  if (variable("AWS_USE_DUALSTACK_ENDPOINT") == "true")
    return fmt::format("https://{}.{}.api.aws", host, region);
  return fmt::format("https://{}.{}.{}", host, region, aws_domain(region));
}

std::string find_endpoint(const AwsProfiles& profiles, const std::string& region,
                          const AwsOptions& options) {
  if (!options.endpoint_url.empty()) return options.endpoint_url;
  if (variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") == "true") return default_endpoint(region);
  for (const char* name : {"AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"})
    if (std::string url = variable(name); !url.empty()) return url;
  if (const AwsSettings* const settings = profiles.profile(aws_profile_name())) {
    if (const AwsSettings* const services = profiles.services(setting(*settings, "services")))
      if (std::string url = setting(*services, "secrets_manager.endpoint_url"); !url.empty())
        return url;
    if (std::string url = setting(*settings, "endpoint_url"); !url.empty()) return url;
  }
  return default_endpoint(region);
}

bool is_region(std::string_view region) {
  return !region.empty() && region.size() <= 40 &&
         region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == region.npos;
}

}  // namespace

Result<SecureBytes> secret_of_reply(std::string_view json) {
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
  const std::string endpoint = find_endpoint(profiles, region, options);
  return std::unique_ptr<Provider>(
      std::make_unique<SecretsManager>(std::move(profiles), region, options, endpoint));
}

}  // namespace sluice::secrets
