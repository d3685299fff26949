// The credentials that a place hands to what runs there: a container's endpoint, a machine's
// metadata service, and a command that the profile names.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "base/text.h"
#include "secrets/aws_credentials.h"
#include "secrets/json_text.h"
#include "secrets/secure_file.h"

namespace sluice::secrets {
namespace {

constexpr int metadata_timeout_ms = 1000;
constexpr std::size_t largest_token = 64u << 10;

std::string metadata_endpoint() {
  if (const std::string url = variable("AWS_EC2_METADATA_SERVICE_ENDPOINT"); !url.empty())
    return url;
  const bool is_ipv6 =
      base::equals_ignoring_case(variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"), "ipv6");
  return is_ipv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
}

HttpRequest metadata_request(std::string path) {
  HttpRequest request;
  request.url = metadata_endpoint() + std::move(path);
  request.timeout_ms = metadata_timeout_ms;
  request.connect_timeout_ms = metadata_timeout_ms;
  request.is_link_local = true;
  return request;
}

// The session's token; never version 1 without one. not_found: nobody answers, so this is no such
// machine.
Result<SecureBytes> metadata_token(HttpClient& http) {
  if (base::equals_ignoring_case(variable("AWS_EC2_METADATA_DISABLED"), "true"))
    return fail(ErrorKind::not_found, "the metadata service is turned off");
  HttpRequest request = metadata_request("/latest/api/token");
  request.method = "PUT";
  request.headers.push_back(header("X-aws-ec2-metadata-token-ttl-seconds", "21600"));
  auto reply = http.send(request);
  if (!reply && reply.error().kind == ErrorKind::io)
    return fail(ErrorKind::not_found, "no metadata service answers");
  if (!reply) return tl::unexpected<Error>(reply.error());
  if (reply->status != 200)
    return fail(ErrorKind::refused,
                fmt::format("the metadata service answers {} to IMDSv2", reply->status));
  return std::move(reply->body);
}

Result<SecureBytes> metadata(HttpClient& http, const SecureBytes& token, std::string path) {
  HttpRequest request = metadata_request(std::move(path));
  request.headers.push_back(header("X-aws-ec2-metadata-token", reveal(token)));
  SLUICE_TRY_ASSIGN(HttpReply reply, http.send(request));
  if (reply.status == 404) return fail(ErrorKind::not_found, "this machine has no role");
  if (reply.status != 200)
    return fail(ErrorKind::refused, fmt::format("the metadata service answers {}", reply.status));
  return std::move(reply.body);
}

}  // namespace

Result<AwsCredentials> instance_credentials(HttpClient& http) {
  SLUICE_TRY_ASSIGN(const SecureBytes token, metadata_token(http));
  const std::string roles = "/latest/meta-data/iam/security-credentials/";
  SLUICE_TRY_ASSIGN(const SecureBytes list, metadata(http, token, roles));
  const std::string role(base::trim(reveal(list).substr(0, reveal(list).find('\n'))));
  if (role.empty()) return fail(ErrorKind::not_found, "this machine has no role");
  SLUICE_TRY_ASSIGN(const SecureBytes json, metadata(http, token, roles + percent_encode(role)));
  return credentials_from_json(reveal(json), fmt::format("the machine's role {}", role));
}

Result<std::string> instance_region(HttpClient& http) {
  SLUICE_TRY_ASSIGN(const SecureBytes token, metadata_token(http));
  SLUICE_TRY_ASSIGN(const SecureBytes region,
                    metadata(http, token, "/latest/meta-data/placement/region"));
  return std::string(base::trim(reveal(region)));
}

Result<AwsCredentials> container_credentials(HttpClient& http) {
  HttpRequest request;
  const std::string relative = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  request.url = !relative.empty() ? "http://169.254.170.2" + relative
                                  : variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  request.timeout_ms = 2 * metadata_timeout_ms;
  request.connect_timeout_ms = metadata_timeout_ms;
  request.is_link_local = !request.url.starts_with("https://");
  SecureBytes token;
  if (const std::string file = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"); !file.empty()) {
    SLUICE_TRY_ASSIGN(token, read_secure_file(file, largest_token));
  } else {
    token = secure_copy(variable("AWS_CONTAINER_AUTHORIZATION_TOKEN"));
  }
  const std::string_view line = base::trim(reveal(token));
  if (line.find_first_of("\r\n") != line.npos)
    return fail(ErrorKind::refused, "the container's authorization token has several lines");
  if (!line.empty()) request.headers.push_back(header("Authorization", line));
  SLUICE_TRY_ASSIGN(const HttpReply reply, http.send(request));
  if (reply.status != 200)
    return fail(ErrorKind::refused,
                fmt::format("the container's endpoint answers {}", reply.status),
                origin_of(request.url));
  return credentials_from_json(reveal(reply.body), "the container's role");
}

Result<AwsCredentials> process_credentials(const std::string& command) {
  std::FILE* const pipe = ::popen(command.c_str(), "re");
  if (pipe == nullptr) return fail(ErrorKind::io, "credential_process cannot be started");
  SecureBytes out(largest_token);
  std::setvbuf(pipe, nullptr, _IONBF, 0);
  const std::size_t length = std::fread(out.data(), 1, out.size(), pipe);
  const int status = ::pclose(pipe);
  if (status != 0) return fail(ErrorKind::io, fmt::format("credential_process fails ({})", status));
  return credentials_from_json({out.data(), length}, "credential_process");
}

}  // namespace sluice::secrets
