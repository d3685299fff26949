#include "secrets/google_credentials.h"

#include <fmt/format.h>

#include <cstdlib>
#include <ctime>

#include "base/text.h"
#include "secrets/attempts.h"
#include "secrets/aws_credentials.h"
#include "secrets/aws_profile.h"
#include "secrets/rendering.h"
#include "secrets/rs256.h"
#include "secrets/secure_file.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t largest_file = 64u << 10;
constexpr std::string_view scope = "https://www.googleapis.com/auth/cloud-platform";
constexpr std::int64_t tolerated_skew = 120;
constexpr int metadata_timeout_ms = 1000;

SecureBytes member(const JsonText& object, std::string_view name) {
  const auto found = object.member(name);
  return found && found->kind() == JsonText::Kind::string ? found->bytes() : SecureBytes();
}

std::string text(const JsonText& object, std::string_view name) {
  return std::string(reveal(member(object, name)));
}

// A JSON Web Token for the grant of RFC 7523, section 2.1, signed by the account's key.
Result<SecureBytes> signed_assertion(const JsonText& file, const std::string& audience,
                                     std::int64_t now) {
  SecureBytes head = secure_copy("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":");
  append_json_string(head, text(file, "private_key_id"));
  append(head, "}");
  SecureBytes claims = secure_copy("{\"iss\":");
  append_json_string(claims, text(file, "client_email"));
  append(claims, ",\"scope\":");
  append_json_string(claims, scope);
  append(claims, ",\"aud\":");
  append_json_string(claims, audience);
  append(claims, fmt::format(",\"iat\":{},\"exp\":{}}}", now, now + 3600));
  SecureBytes token = encode_base64_url(reveal(head));
  token.push_back('.');
  append(token, reveal(encode_base64_url(reveal(claims))));
  SLUICE_TRY_ASSIGN(const SecureBytes signature,
                    sign_rs256(reveal(token), member(file, "private_key")));
  token.push_back('.');
  append(token, reveal(encode_base64_url(reveal(signature))));
  return token;
}

std::string gcloud_file() {
  const std::string folder = variable("CLOUDSDK_CONFIG");
  return (folder.empty() ? variable("HOME") + "/.config/gcloud" : folder) +
         "/application_default_credentials.json";
}

tl::unexpected<Error> no_credentials_file(const std::string& path) {
  return fail(ErrorKind::invalid_input, "is no file of Google credentials that is known here", path,
              "use a service account's key, a user's or an external account's file");
}

}  // namespace

Result<BearerToken> GoogleCredentials::find() {
  for (const char* name : {"CLOUDSDK_AUTH_ACCESS_TOKEN", "GOOGLE_OAUTH_ACCESS_TOKEN"})
    if (const char* const token = std::getenv(name); token != nullptr && *token != '\0')
      return BearerToken{secure_copy(base::trim(token)), fmt::format("the variable {}", name), 0};
  if (const std::string path = variable("GOOGLE_APPLICATION_CREDENTIALS"); !path.empty())
    return from_file(path);
  auto found = from_file(gcloud_file());
  if (found || found.error().kind != ErrorKind::not_found) return found;
  found = from_metadata();
  if (found || found.error().kind != ErrorKind::not_found) return found;
  return fail(ErrorKind::refused,
              "no Google credentials: no variable, file or metadata server (Google Cloud)", {},
              "run where a service account is, or: gcloud auth application-default login");
}

Result<BearerToken> GoogleCredentials::from_file(const std::string& path) {
  SLUICE_TRY_ASSIGN(const SecureBytes bytes, read_secure_file(path, largest_file));
  const auto file = JsonText::parse(reveal(bytes));
  if (!file) return no_credentials_file(path);
  const std::string type = text(*file, "type");
  if (type == "service_account") return by_key(*file);
  if (type == "authorized_user") return by_refresh_token(*file);
  if (type == "external_account") return by_federation(*file);
  return no_credentials_file(path);
}

Result<BearerToken> GoogleCredentials::by_key(const JsonText& file) {
  const std::string source = fmt::format(
      "the key of {}", base::escape_for_terminal(text(file, "client_email").substr(0, 200)));
  if (!allow_long_lived_) return refuse_long_lived(source);
  std::string url = text(file, "token_uri");
  if (url.empty()) url = "https://oauth2.googleapis.com/token";
  for (bool is_second = false;; is_second = true) {
    SLUICE_TRY_ASSIGN(const SecureBytes assertion,
                      signed_assertion(file, url, std::time(nullptr) + skew_));
    SecureBytes form;
    append_parameter(form, "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    append_parameter(form, "assertion", reveal(assertion));
    SLUICE_TRY_ASSIGN(const HttpReply reply,
                      send_patiently(http_, form_request(url, std::move(form))));
    // A clock that is wrong makes an assertion that is not valid yet, or no more.
    const std::int64_t date = parse_http_date(reply.date);
    const std::int64_t skew = date == 0 ? 0 : date - std::time(nullptr);
    if (reply.status == 200 || is_second || std::abs(skew - skew_) <= tolerated_skew)
      return read_token_reply(reply, source);
    skew_ = skew;
  }
}

Result<BearerToken> GoogleCredentials::by_refresh_token(const JsonText& file) {
  const std::string source = "a user's refresh token";
  if (!allow_long_lived_) return refuse_long_lived(source);
  SecureBytes form;
  append_parameter(form, "grant_type", "refresh_token");
  for (const char* name : {"client_id", "client_secret", "refresh_token"})
    append_parameter(form, name, reveal(member(file, name)));
  std::string url = text(file, "token_uri");
  if (url.empty()) url = "https://oauth2.googleapis.com/token";
  SLUICE_TRY_ASSIGN(const HttpReply reply,
                    send_patiently(http_, form_request(url, std::move(form))));
  return read_token_reply(reply, source);
}

// The token of another issuer (a cluster, CI) is exchanged for one of Google's.
Result<BearerToken> GoogleCredentials::by_federation(const JsonText& file) {
  const auto place = file.member("credential_source");
  const std::string path = place ? text(*place, "file") : std::string();
  if (path.empty())
    return fail(ErrorKind::unsupported,
                "workload identity federation is done with a token in a file only");
  SLUICE_TRY_ASSIGN(SecureBytes subject, read_secure_file(path, largest_file));
  const auto format = place->member("format");
  if (format && text(*format, "type") == "json") {
    SLUICE_TRY_ASSIGN(subject,
                      json_member(reveal(subject), text(*format, "subject_token_field_name")));
  }
  SecureBytes form;
  append_parameter(form, "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
  append_parameter(form, "audience", text(file, "audience"));
  append_parameter(form, "scope", scope);
  append_parameter(form, "requested_token_type", "urn:ietf:params:oauth:token-type:access_token");
  append_parameter(form, "subject_token_type", text(file, "subject_token_type"));
  append_parameter(form, "subject_token", base::trim(reveal(subject)));
  std::string url = text(file, "token_url");
  if (url.empty()) url = "https://sts.googleapis.com/v1/token";
  SLUICE_TRY_ASSIGN(const HttpReply reply,
                    send_patiently(http_, form_request(url, std::move(form))));
  SLUICE_TRY_ASSIGN(BearerToken token, read_token_reply(reply, "workload identity federation"));
  const std::string account = text(file, "service_account_impersonation_url");
  if (account.empty()) return token;
  return impersonate(account, token);
}

Result<BearerToken> GoogleCredentials::impersonate(const std::string& url, const BearerToken& by) {
  HttpRequest request;
  request.method = "POST";
  request.url = url;
  request.headers.push_back(header("Content-Type", "application/json"));
  request.headers.push_back(bearer_header(by));
  request.body = secure_copy(fmt::format("{{\"scope\":[\"{}\"]}}", scope));
  SLUICE_TRY_ASSIGN(const HttpReply reply, send_patiently(http_, request));
  const std::string source = "an impersonated service account";
  auto token = json_member(reveal(reply.body), "accessToken");
  if (reply.status != 200 || !token)
    return fail(ErrorKind::refused, fmt::format("{}: Google answers {}", source, reply.status));
  const auto end = json_member(reveal(reply.body), "expireTime");
  return BearerToken{std::move(*token), source, end ? parse_iso_time(reveal(*end)) : 0};
}

Result<BearerToken> GoogleCredentials::from_metadata() {
  std::string host = variable("GCE_METADATA_HOST");
  if (host.empty()) host = "169.254.169.254";
  HttpRequest request;
  request.url =
      fmt::format("http://{}/computeMetadata/v1/instance/service-accounts/default/token", host);
  request.headers.push_back(header("Metadata-Flavor", "Google"));
  request.timeout_ms = request.connect_timeout_ms = metadata_timeout_ms;
  request.is_link_local = true;
  const auto reply = http_.send(request);
  if (!reply && reply.error().kind == ErrorKind::io)
    return fail(ErrorKind::not_found, "no metadata server answers");
  if (!reply) return tl::unexpected<Error>(reply.error());
  // Other clouds answer at the same address.
  if (reply->metadata_flavor != "Google")
    return fail(ErrorKind::not_found, "the metadata server is not Google's");
  return read_token_reply(*reply, "the machine's service account");
}

}  // namespace sluice::secrets
