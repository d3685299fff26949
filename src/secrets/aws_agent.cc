#include <fmt/format.h>

#include "base/text.h"
#include "secrets/ask_each.h"
#include "secrets/aws_profile.h"
#include "secrets/aws_secrets_manager.h"
#include "secrets/http.h"
#include "secrets/secure_file.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t largest_token = 64u << 10;
constexpr std::string_view token_file = "/var/run/awssmatoken";

Result<SecureBytes> find_token() {
  const std::string given = variable("AWS_TOKEN");
  if (given.starts_with("file://")) return read_secure_file(given.substr(7), largest_token);
  if (!given.empty()) return secure_copy(given);
  auto token = read_secure_file(std::string(token_file), largest_token);
  if (token || token.error().kind != ErrorKind::not_found) return token;
  const std::string session = variable("AWS_SESSION_TOKEN");  // what Lambda's extension takes
  if (!session.empty()) return secure_copy(session);
  return fail(ErrorKind::refused, "no token for the Secrets Manager agent", std::string(token_file),
              "start the agent, or set AWS_TOKEN");
}

class Agent : public Provider {
 public:
  Agent(SecureBytes token, std::string port) : token_(std::move(token)), port_(std::move(port)) {}

  std::vector<Result<SecretValue>> fetch(const std::vector<Request>& requests) override {
    return ask_each(http_, requests, [this](const Request& request) { return get(request); });
  }

  std::vector<Result<Description>> describe(const std::vector<Request>& requests) override {
    return {requests.size(),
            fail(ErrorKind::unsupported, "the agent describes no secret without reading it")};
  }

  Result<std::string> identity() override { return fmt::format("the agent on port {}", port_); }

 private:
  Result<SecretValue> get(const Request& request) {
    HttpRequest http;
    http.url = fmt::format("http://localhost:{}/secretsmanager/get?secretId={}", port_,
                           percent_encode(request.name));
    if (!request.version.empty())
      http.url += (request.version.size() < 32 ? "&versionStage=" : "&versionId=") +
                  percent_encode(request.version);
    http.headers.push_back(header("X-Aws-Parameters-Secrets-Token", base::trim(reveal(token_))));
    http.is_link_local = true;
    SLUICE_TRY_ASSIGN(const HttpReply reply, http_.send(http));
    if (reply.status == 200) return secret_of_reply(reveal(reply.body));
    return fail(
        reply.status == 404 || reply.status == 400 ? ErrorKind::not_found : ErrorKind::refused,
        fmt::format("the Secrets Manager agent answers {}", reply.status));
  }

  HttpClient http_;
  SecureBytes token_;
  std::string port_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_aws_agent() {
  SLUICE_TRY_ASSIGN(SecureBytes token, find_token());
  const std::string port = variable("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT");
  if (port.find_first_not_of("0123456789") != port.npos)
    return fail(ErrorKind::invalid_input, "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT is no number");
  return std::unique_ptr<Provider>(
      std::make_unique<Agent>(std::move(token), port.empty() ? "2773" : port));
}

}  // namespace sluice::secrets
