#include "secrets/vault.h"

#include <fmt/format.h>

#include "base/text.h"
#include "secrets/ask_each.h"
#include "secrets/attempts.h"
#include "secrets/aws_profile.h"
#include "secrets/http.h"
#include "secrets/json_text.h"
#include "secrets/secure_file.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t largest_token = 64u << 10;

class Vault : public Provider {
 public:
  Vault(std::string address, SecureBytes token, std::string name_space)
      : address_(std::move(address)), token_(std::move(token)), namespace_(std::move(name_space)) {}

  std::vector<Result<SecretValue>> fetch(const std::vector<Request>& requests) override {
    return ask_each(http_, requests, [this](const Request& request) { return read(request); });
  }

  std::vector<Result<Description>> describe(const std::vector<Request>& requests) override {
    return ask_each(http_, requests, [this](const Request& request) { return describe_one(request); });
  }

  Result<std::string> identity() override {
    SLUICE_TRY_ASSIGN(const HttpReply reply, get("auth/token/lookup-self"));
    const auto name = json_member(reveal(reply.body), "data.display_name");
    return fmt::format("{} at {}",
                       name ? base::escape_for_terminal(reveal(*name).substr(0, 100)) : "a token",
                       origin_of(address_));
  }

 private:
  Result<HttpReply> get(const std::string& path) {
    HttpRequest request;
    request.url = fmt::format("{}/v1/{}", address_, path);
    request.headers.push_back(header("X-Vault-Token", base::trim(reveal(token_))));
    request.headers.push_back(header("X-Vault-Request", "true"));
    if (!namespace_.empty()) request.headers.push_back(header("X-Vault-Namespace", namespace_));
    SLUICE_TRY_ASSIGN(HttpReply reply, send_patiently(http_, request));
    if (reply.status == 404) return fail(ErrorKind::not_found, "there is no such secret in Vault");
    if (reply.status == 403) return fail(ErrorKind::refused, "Vault denies it (token or policy)");
    if (reply.status != 200)
      return fail(ErrorKind::io, fmt::format("Vault answers {}", reply.status),
                  origin_of(address_));
    return reply;
  }

  // Version 2 of the engine wraps the secret in `data` once more, beside `metadata`.
  Result<SecretValue> read(const Request& request) {
    std::string path = percent_encode(request.name, true);
    if (!request.version.empty()) path += "?version=" + percent_encode(request.version);
    SLUICE_TRY_ASSIGN(const HttpReply reply, get(path));
    const auto json = JsonText::parse(reveal(reply.body));
    const auto data = json ? json->member("data") : std::nullopt;
    if (!data || data->kind() != JsonText::Kind::object)
      return fail(ErrorKind::corrupt, "Vault's reply is not what was expected");
    const auto inner = data->member("data");
    const bool is_wrapped = inner && data->member("metadata");
    if (is_wrapped && inner->kind() != JsonText::Kind::object)
      return fail(ErrorKind::not_found, "that version of the secret was deleted in Vault");
    SecretValue secret{secure_copy(is_wrapped ? inner->raw() : data->raw()), {}};
    if (const auto version = json_member(reveal(reply.body), "data.metadata.version"))
      secret.version = base::escape_for_terminal(reveal(*version).substr(0, 20));
    return secret;
  }

  // Version 2 has metadata without values; of version 1 nothing can be told without reading.
  Result<Description> describe_one(const Request& request) {
    const std::size_t data = request.name.find("/data/");
    if (data == request.name.npos)
      return fail(ErrorKind::unsupported,
                  "version 1 of Vault's engine describes no secret without reading it");
    const std::string mount = percent_encode(request.name.substr(0, data), true);
    const std::string secret = percent_encode(request.name.substr(data + 6), true);
    SLUICE_TRY_ASSIGN(const HttpReply reply, get(mount + "/metadata/" + secret));
    const auto current = json_member(reveal(reply.body), "data.current_version");
    const std::string version = !request.version.empty() ? request.version
                                : current ? std::string(reveal(*current).substr(0, 20))
                                          : std::string();
    const std::string deleted = "data.versions." + version + ".";
    const auto gone = json_member(reveal(reply.body), deleted + "deletion_time");
    const auto destroyed = json_member(reveal(reply.body), deleted + "destroyed");
    if ((gone && !gone->empty()) || (destroyed && reveal(*destroyed) == "true"))
      return fail(ErrorKind::not_found, "that version of the secret was deleted in Vault");
    Description description{version.empty() ? "is there" : "version " + version, {}, {}};
    // Since Vault 1.10 the members' names can be had without their values, if the policy allows it.
    std::string path = mount + "/subkeys/" + secret;
    if (!request.version.empty()) path += "?version=" + percent_encode(request.version);
    if (const auto names = get(path)) {
      const auto json = JsonText::parse(reveal(names->body));
      const auto data_member = json ? json->member("data") : std::nullopt;
      const auto members = data_member ? data_member->member("subkeys") : std::nullopt;
      if (members && members->kind() == JsonText::Kind::object)
        description.members = std::string(members->raw());
    }
    return description;
  }

  HttpClient http_;
  std::string address_;
  SecureBytes token_;
  std::string namespace_;
};

Result<SecureBytes> find_token() {
  if (const std::string token = variable("VAULT_TOKEN"); !token.empty()) return secure_copy(token);
  auto token = read_secure_file(variable("HOME") + "/.vault-token", largest_token, true);
  if (!token && token.error().kind == ErrorKind::not_found)
    return fail(ErrorKind::refused, "no token for Vault", {}, "vault login, or set VAULT_TOKEN");
  return token;
}

}  // namespace

Result<std::unique_ptr<Provider>> make_vault() {
  std::string address = variable("VAULT_ADDR");
  while (address.ends_with('/')) address.pop_back();
  if (address.empty())
    return fail(ErrorKind::invalid_input, "no address of Vault is set", {}, "set VAULT_ADDR");
  SLUICE_TRY_ASSIGN(SecureBytes token, find_token());
  return std::unique_ptr<Provider>(
      std::make_unique<Vault>(std::move(address), std::move(token), variable("VAULT_NAMESPACE")));
}

}  // namespace sluice::secrets
