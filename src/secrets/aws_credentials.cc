#include "secrets/aws_credentials.h"

#include <fmt/format.h>
#include <time.h>

#include <cstdlib>
#include <ctime>

#include "secrets/json_text.h"
#include "secrets/secure_file.h"

namespace sluice::secrets {
namespace {

constexpr std::int64_t early = 300;  // seconds before the end at which credentials count as expired
constexpr int longest_role_chain = 5;

bool has(const AwsSettings& settings, std::string_view name) { return settings.contains(name); }

AwsCredentials static_keys(std::string_view id, const SecureBytes& secret, const SecureBytes& token,
                           std::string source) {
  return {{std::string(id), secret, token}, std::move(source), 0};
}

SecureBytes secure_variable(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? secure_copy(value) : SecureBytes();
}

Result<AwsCredentials> from_environment() {
  const SecureBytes secret = secure_variable("AWS_SECRET_ACCESS_KEY");
  if (secret.empty())
    return fail(ErrorKind::invalid_input,
                "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not");
  return static_keys(variable("AWS_ACCESS_KEY_ID"), secret, secure_variable("AWS_SESSION_TOKEN"),
                     "variables");
}

tl::unexpected<Error> sign_on(const std::string& name) {
  return fail(
      ErrorKind::unsupported, fmt::format("profile {} signs on by single sign-on", name), {},
      fmt::format("eval \"$(aws configure export-credentials --profile {} --format env)\"", name));
}

}  // namespace

std::int64_t parse_iso_time(std::string_view text) {
  std::tm parts{};
  const std::string copy(text);
  const char* const end = ::strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  return end == nullptr ? 0 : static_cast<std::int64_t>(::timegm(&parts));
}

std::string_view aws_domain(std::string_view region) {
  return region.starts_with("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

std::string sts_endpoint(const std::string& region) {
  for (const char* name : {"AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"})
    if (const std::string url = variable(name); !url.empty()) return url;
  return fmt::format("https://sts.{}.{}", region, aws_domain(region));
}

Result<AwsCredentials> credentials_from_json(std::string_view json, std::string source) {
  const auto value = JsonText::parse(json);
  const auto corrupt =
      fail(ErrorKind::corrupt, fmt::format("credentials by {}: not what was expected", source));
  if (!value) return corrupt;
  const auto id = value->member("AccessKeyId");
  const auto secret = value->member("SecretAccessKey");
  auto token = value->member("Token");
  if (!token) token = value->member("SessionToken");
  if (!id || !secret) return corrupt;
  AwsCredentials credentials{
      {std::string(reveal(id->bytes())), secret->bytes(), {}}, std::move(source), 0};
  if (token && token->kind() == JsonText::Kind::string)
    credentials.keys.session_token = token->bytes();
  if (const auto end = value->member("Expiration"))
    credentials.expires = parse_iso_time(reveal(end->bytes()));
  return credentials;
}

AwsCredentialChain::AwsCredentialChain(HttpClient& http, const AwsProfiles& profiles,
                                       std::string region)
    : http_(http), profiles_(profiles), region_(std::move(region)) {}

Result<const AwsCredentials*> AwsCredentialChain::get() {
  const bool is_fresh =
      kept_ && (kept_->expires == 0 || kept_->expires - early > std::time(nullptr));
  if (!is_fresh) {
    SLUICE_TRY_ASSIGN(AwsCredentials found, find());
    kept_ = std::move(found);
  }
  return &*kept_;
}

Result<AwsCredentials> AwsCredentialChain::find() {
  const bool is_profile_named = !variable("AWS_PROFILE").empty();
  if (!variable("AWS_ACCESS_KEY_ID").empty() && !is_profile_named) return from_environment();
  const std::string name = aws_profile_name();
  if (profiles_.profile(name) != nullptr) {
    auto found = from_profile(name, 0);
    if (found || found.error().kind != ErrorKind::not_found) return found;
  } else if (is_profile_named) {
    return fail(ErrorKind::invalid_input, fmt::format("there is no profile {} in ~/.aws", name));
  }
  if (const std::string file = variable("AWS_WEB_IDENTITY_TOKEN_FILE"); !file.empty())
    return assume_role_with_web_identity(http_, variable("AWS_ROLE_ARN"), file,
                                         variable("AWS_ROLE_SESSION_NAME"), region_);
  if (!variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").empty() ||
      !variable("AWS_CONTAINER_CREDENTIALS_FULL_URI").empty())
    return container_credentials(http_);
  auto found = instance_credentials(http_);
  if (found || found.error().kind != ErrorKind::not_found) return found;
  return fail(ErrorKind::refused,
              "no AWS credentials: no variables, profile, web identity, container or machine role",
              {}, "run where a role is, or set AWS_PROFILE");
}

// not_found: the profile says nothing of credentials.
Result<AwsCredentials> AwsCredentialChain::from_profile(const std::string& name, int depth) {
  if (depth > longest_role_chain)
    return fail(ErrorKind::invalid_input,
                fmt::format("profile {}: roles that never end in keys", name));
  const AwsSettings* const found = profiles_.profile(name);
  if (found == nullptr)
    return fail(ErrorKind::invalid_input, fmt::format("there is no profile {} in ~/.aws", name));
  const AwsSettings& settings = *found;
  if (has(settings, "role_arn") && has(settings, "web_identity_token_file"))
    return assume_role_with_web_identity(http_, setting(settings, "role_arn"),
                                         setting(settings, "web_identity_token_file"),
                                         setting(settings, "role_session_name"), region_);
  // A profile that is its own source takes its own keys.
  const bool is_own_source = depth > 0 && setting(settings, "source_profile") == name;
  if (has(settings, "role_arn") && !is_own_source) {
    SLUICE_TRY_ASSIGN(const AwsCredentials by, source_of_role(settings, name, depth));
    return assume_role(http_, by, settings, region_);
  }
  if (has(settings, "aws_access_key_id") && has(settings, "aws_secret_access_key")) {
    const auto token = settings.find("aws_session_token");
    return static_keys(
        setting(settings, "aws_access_key_id"), settings.find("aws_secret_access_key")->second,
        token == settings.end() ? SecureBytes() : token->second, fmt::format("profile {}", name));
  }
  if (has(settings, "credential_process"))
    return process_credentials(setting(settings, "credential_process"));
  if (has(settings, "sso_session") || has(settings, "sso_start_url") ||
      has(settings, "login_session"))
    return sign_on(name);
  return fail(ErrorKind::not_found, "no credentials");
}

Result<AwsCredentials> AwsCredentialChain::source_of_role(const AwsSettings& settings,
                                                          const std::string& name, int depth) {
  if (const std::string source = setting(settings, "source_profile"); !source.empty())
    return from_profile(source, depth + 1);
  const std::string source = setting(settings, "credential_source");
  if (source == "Environment") return from_environment();
  if (source == "EcsContainer") return container_credentials(http_);
  if (source == "Ec2InstanceMetadata") return instance_credentials(http_);
  return fail(ErrorKind::invalid_input,
              fmt::format("profile {}: role_arn needs source_profile, credential_source or "
                          "web_identity_token_file",
                          name));
}

}  // namespace sluice::secrets
