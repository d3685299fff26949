#include "secrets/google_secret_manager.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "base/text.h"
#include "secrets/ask_each.h"
#include "secrets/aws_profile.h"
#include "secrets/base64.h"
#include "secrets/google_credentials.h"
#include "secrets/json_text.h"

namespace sluice::secrets {
namespace {

// CRC-32C (Castagnoli), reflected.
std::uint32_t crc32c(std::string_view bytes) {
  constexpr std::uint32_t polynomial = 0x82F63B78;
  std::uint32_t sum = ~0u;
  for (const char byte : bytes) {
    sum ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ ((sum & 1) != 0 ? polynomial : 0);
  }
  return ~sum;
}

std::string text_at(const HttpReply& reply, std::string_view path) {
  const auto text = json_member(reveal(reply.body), path);
  return text ? base::escape_for_terminal(reveal(*text).substr(0, 100)) : std::string();
}

std::string path_of(const Request& request) {
  const std::size_t slash = request.name.find('/');
  return fmt::format("projects/{}/secrets/{}", percent_encode(request.name.substr(0, slash)),
                     percent_encode(request.name.substr(slash + 1)));
}

std::string version_path(const Request& request) {
  return fmt::format("{}/versions/{}", path_of(request),
                     request.version.empty() ? "latest" : percent_encode(request.version));
}

Status check_reply(const HttpReply& reply) {
  if (reply.status == 200) return {};
  const auto status = json_member(reveal(reply.body), "error.status");
  const std::string word = status ? plain_word(reveal(*status)) : std::string("an unknown fault");
  if (reply.status == 404)
    return fail(ErrorKind::not_found, "there is no such secret (or no such version) here");
  if (reply.status == 403) return fail(ErrorKind::refused, "the caller may not read it");
  if (word == "FAILED_PRECONDITION")
    return fail(ErrorKind::not_found, "that version is disabled or destroyed");
  if (reply.status >= 300 && reply.status < 400)
    return fail(ErrorKind::refused, "the service answers with a redirect, which is not followed");
  return fail(ErrorKind::refused, fmt::format("the service answers {} {}", reply.status, word));
}

class GoogleSecretManager : public Provider {
 public:
  explicit GoogleSecretManager(bool allow_long_lived) : credentials_(http_, allow_long_lived) {
    endpoint_ = variable("CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER");
    while (endpoint_.ends_with('/')) endpoint_.pop_back();
    if (endpoint_.empty()) endpoint_ = "https://secretmanager.googleapis.com";
  }

  std::vector<Result<SecretValue>> fetch(const std::vector<Request>& requests) override {
    return ask_each(http_, requests, [this](const Request& request) { return access(request); });
  }

  std::vector<Result<Description>> describe(const std::vector<Request>& requests) override {
    return ask_each(http_, requests, [this](const Request& request) { return describe_one(request); });
  }

  Result<std::string> identity() override {
    SLUICE_TRY_ASSIGN(const BearerToken* token, credentials_.get());
    return fmt::format("{} at {}", token->source, origin_of(endpoint_));
  }

 private:
  Result<HttpReply> call(const std::string& method, const std::string& path,
                         std::string_view body = {}) {
    HttpRequest request;
    request.method = method;
    request.url = fmt::format("{}/v1/{}", endpoint_, path);
    if (!body.empty()) request.headers.push_back(header("Content-Type", "application/json"));
    request.body = secure_copy(body);
    return send_authorized(http_, credentials_, request);
  }

  Result<SecretValue> access(const Request& request) {
    SLUICE_TRY_ASSIGN(const HttpReply reply, call("GET", version_path(request) + ":access"));
    SLUICE_TRY(check_reply(reply));
    const auto data = json_member(reveal(reply.body), "payload.data");
    if (!data) return fail(ErrorKind::corrupt, "the service's reply holds no secret");
    SecretValue secret;
    SLUICE_TRY_ASSIGN(secret.bytes, decode_base64(reveal(*data)));
    const auto sum = json_member(reveal(reply.body), "payload.dataCrc32c");
    if (sum && reveal(*sum) != std::to_string(crc32c(reveal(secret.bytes))))
      return fail(ErrorKind::corrupt, "the secret was changed on its way (CRC-32C)", {}, "try again");
    const std::string name = text_at(reply, "name");
    secret.version = name.substr(name.rfind('/') + 1);
    return secret;
  }

  Result<Description> describe_one(const Request& request) {
    SLUICE_TRY_ASSIGN(const HttpReply secret, call("GET", path_of(request)));
    SLUICE_TRY(check_reply(secret));
    SLUICE_TRY_ASSIGN(const HttpReply version, call("GET", version_path(request)));
    SLUICE_TRY(check_reply(version));
    if (text_at(version, "state") != "ENABLED")
      return fail(ErrorKind::not_found, "that version is disabled or destroyed");
    Description description;
    const std::string name = text_at(version, "name");
    description.details = fmt::format("version {} of {}", name.substr(name.rfind('/') + 1),
                                      text_at(version, "createTime").substr(0, 10));
    const std::string period = text_at(secret, "rotation.rotationPeriod");
    if (!period.empty()) {
      description.details += fmt::format(", rotates every {}", period);
    } else {
      description.concerns.push_back({Concern::Weight::advice, "no-rotation",
                                      "no rotation is planned for it",
                                      "gcloud secrets update --rotation-period, with a topic"});
    }
    SLUICE_TRY(add_access(request, description));
    return description;
  }

  // Who may read it: the caller, and perhaps everybody.
  Status add_access(const Request& request, Description& description) {
    SLUICE_TRY_ASSIGN(const HttpReply mine,
                      call("POST", path_of(request) + ":testIamPermissions",
                           R"({"permissions":["secretmanager.versions.access"]})"));
    if (mine.status == 200 &&
        reveal(mine.body).find("secretmanager.versions.access") == std::string_view::npos)
      description.concerns.push_back({Concern::Weight::fault, "not-readable",
                                      "the caller may not read it",
                                      "grant it roles/secretmanager.secretAccessor on this secret"});
    SLUICE_TRY_ASSIGN(const HttpReply policy, call("GET", path_of(request) + ":getIamPolicy"));
    if (policy.status != 200) {
      description.details += ", its own policy cannot be seen";
      return {};
    }
    const std::string_view text = reveal(policy.body);
    if (text.find("\"allUsers\"") != text.npos || text.find("\"allAuthenticatedUsers\"") != text.npos)
      description.concerns.push_back({Concern::Weight::fault, "open-policy",
                                      "its own policy lets everybody in",
                                      "name the service accounts that may read it"});
    return {};
  }

  HttpClient http_;
  GoogleCredentials credentials_;
  std::string endpoint_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_google_secret_manager(bool allow_long_lived) {
  return std::unique_ptr<Provider>(std::make_unique<GoogleSecretManager>(allow_long_lived));
}

}  // namespace sluice::secrets
