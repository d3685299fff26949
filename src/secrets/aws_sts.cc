#include "secrets/aws_sts.h"

#include <fmt/format.h>

#include <array>
#include <ctime>
#include <utility>

#include "base/text.h"
#include "secrets/aws_credentials.h"
#include "secrets/secure_file.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t largest_token = 64u << 10;

HttpRequest request_to_sts(const std::string& region, SecureBytes form) {
  HttpRequest request;
  request.method = "POST";
  request.url = sts_endpoint(region) + "/";
  request.body = std::move(form);
  request.headers.push_back(
      header("content-type", "application/x-www-form-urlencoded; charset=utf-8"));
  return request;
}

std::string host_and_port(std::string_view url) {
  const std::string_view rest = url.substr(url.find("://") + 3);
  return std::string(rest.substr(0, rest.find_first_of("/?#")));
}

Result<AwsCredentials> read_reply(const HttpReply& reply, std::string source) {
  const std::string_view xml = reveal(reply.body);
  if (reply.status != 200) {
    const auto code = xml_element(xml, "Code");
    return fail(ErrorKind::refused,
                fmt::format("{}: STS answers {} {}", source, reply.status,
                            code ? base::escape_for_terminal(reveal(*code).substr(0, 60)) : ""));
  }
  AwsCredentials credentials;
  SLUICE_TRY_ASSIGN(const SecureBytes id, xml_element(xml, "AccessKeyId"));
  SLUICE_TRY_ASSIGN(credentials.keys.secret_key, xml_element(xml, "SecretAccessKey"));
  SLUICE_TRY_ASSIGN(credentials.keys.session_token, xml_element(xml, "SessionToken"));
  SLUICE_TRY_ASSIGN(const SecureBytes end, xml_element(xml, "Expiration"));
  credentials.keys.access_key_id = reveal(id);
  credentials.expires = parse_iso_time(reveal(end));
  credentials.source = std::move(source);
  return credentials;
}

std::string session_name(std::string given) {
  return given.empty() ? fmt::format("sluice-{}", std::time(nullptr)) : std::move(given);
}

}  // namespace

Result<SecureBytes> xml_element(std::string_view xml, std::string_view name) {
  const std::string open = fmt::format("<{}>", name);
  const std::string close = fmt::format("</{}>", name);
  const std::size_t start = xml.find(open);
  const std::size_t end = start == xml.npos ? start : xml.find(close, start);
  if (end == xml.npos) return fail(ErrorKind::corrupt, fmt::format("STS' reply has no {}", name));
  std::string_view text = xml.substr(start + open.size(), end - start - open.size());
  constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
  SecureBytes out;
  while (!text.empty()) {
    char byte = text.front();
    std::size_t used = 1;
    for (const auto& [entity, meaning] : entities) {
      if (!text.starts_with(entity)) continue;
      byte = meaning;
      used = entity.size();
    }
    out.push_back(byte);
    text.remove_prefix(used);
  }
  return out;
}

Result<AwsCredentials> assume_role(HttpClient& http, const AwsCredentials& by,
                                   const AwsSettings& settings, const std::string& region) {
  const std::string role = setting(settings, "role_arn");
  if (settings.contains("mfa_serial"))
    return fail(ErrorKind::unsupported, fmt::format("{} asks for a second factor", role), {},
                "export its credentials with the aws command first");
  SecureBytes form;
  append_parameter(form, "Action", "AssumeRole");
  append_parameter(form, "Version", "2011-06-15");
  append_parameter(form, "RoleArn", role);
  append_parameter(form, "RoleSessionName", session_name(setting(settings, "role_session_name")));
  if (settings.contains("external_id"))
    append_parameter(form, "ExternalId", setting(settings, "external_id"));
  if (settings.contains("duration_seconds"))
    append_parameter(form, "DurationSeconds", setting(settings, "duration_seconds"));
  HttpRequest request = request_to_sts(region, std::move(form));
  SignedRequest to_sign;
  to_sign.headers = {{"content-type", "application/x-www-form-urlencoded; charset=utf-8"},
                     {"host", host_and_port(request.url)}};
  to_sign.body = reveal(request.body);
  for (SecureBytes& line : sign(to_sign, by.keys, {region, "sts", std::time(nullptr)}))
    request.headers.push_back(std::move(line));
  SLUICE_TRY_ASSIGN(const HttpReply reply, http.send(request));
  return read_reply(reply, fmt::format("role {} by {}", role, by.source));
}

Result<AwsCredentials> assume_role_with_web_identity(HttpClient& http, const std::string& role,
                                                     const std::string& token_file,
                                                     const std::string& session,
                                                     const std::string& region) {
  if (role.empty()) return fail(ErrorKind::invalid_input, "a web identity needs AWS_ROLE_ARN");
  SLUICE_TRY_ASSIGN(const SecureBytes token, read_secure_file(token_file, largest_token));
  SecureBytes form;
  append_parameter(form, "Action", "AssumeRoleWithWebIdentity");
  append_parameter(form, "Version", "2011-06-15");
  append_parameter(form, "RoleArn", role);
  append_parameter(form, "RoleSessionName", session_name(session));
  append_parameter(form, "WebIdentityToken", base::trim(reveal(token)));
  SLUICE_TRY_ASSIGN(const HttpReply reply, http.send(request_to_sts(region, std::move(form))));
  return read_reply(reply, fmt::format("role {} by web identity", role));
}

}  // namespace sluice::secrets
