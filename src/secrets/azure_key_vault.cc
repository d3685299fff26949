#include "secrets/azure_key_vault.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>

#include "base/text.h"
#include "secrets/ask_each.h"
#include "secrets/aws_profile.h"
#include "secrets/azure_credentials.h"
#include "secrets/json_text.h"

namespace sluice::secrets {
namespace {

constexpr std::string_view api = "api-version=7.4";
constexpr std::int64_t soon = 14 * 86'400;
constexpr int most_pages = 40;

std::string vault_domain() {
  const std::string authority = variable("AZURE_AUTHORITY_HOST");
  if (authority.find("chinacloudapi.cn") != authority.npos) return "vault.azure.cn";
  if (authority.find("microsoftonline.us") != authority.npos) return "vault.usgovcloudapi.net";
  return "vault.azure.net";
}

// Letters, digits and `-`, so that a name cannot become another host or path.
bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 127 &&
         name.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == name.npos;
}

std::string last_part(std::string_view id) {
  return base::escape_for_terminal(id.substr(id.rfind('/') + 1).substr(0, 64));
}

std::optional<std::int64_t> number_at(std::string_view json, std::string_view path) {
  const auto text = json_member(json, path);
  std::int64_t number = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), number).ec != std::errc())
    return std::nullopt;
  return number;
}

Status check_reply(const HttpReply& reply) {
  if (reply.status == 200) return {};
  const auto code = json_member(reveal(reply.body), "error.code");
  const std::string word = code ? plain_word(reveal(*code)) : std::string("an unknown fault");
  if (reply.status == 404)
    return fail(ErrorKind::not_found, "there is no such secret (or no such version) here");
  if (reply.status == 403)
    return fail(ErrorKind::refused,
                "the caller may not see it (role, access policy or firewall), or it is disabled");
  if (reply.status >= 300 && reply.status < 400)
    return fail(ErrorKind::refused, "the service answers with a redirect, which is not followed");
  return fail(ErrorKind::refused, fmt::format("the service answers {} {}", reply.status, word));
}

struct Version {
  std::string id;
  bool is_enabled = true;
  std::int64_t created = 0;
  std::optional<std::int64_t> expires;
};

Version version_of(const JsonText& item) {
  Version version;
  if (const auto id = item.member("id")) version.id = last_part(reveal(id->bytes()));
  const auto enabled = json_member(item.raw(), "attributes.enabled");
  version.is_enabled = !enabled || reveal(*enabled) == "true";
  version.created = number_at(item.raw(), "attributes.created").value_or(0);
  version.expires = number_at(item.raw(), "attributes.exp");
  return version;
}

class AzureKeyVault : public Provider {
 public:
  explicit AzureKeyVault(bool allow_long_lived)
      : credentials_(http_, "https://" + vault_domain(), allow_long_lived) {}

  std::vector<Result<SecretValue>> fetch(const std::vector<Request>& requests) override {
    return ask_each(http_, requests, [this](const Request& request) { return read(request); });
  }

  std::vector<Result<Description>> describe(const std::vector<Request>& requests) override {
    return ask_each(http_, requests, [this](const Request& request) { return describe_one(request); });
  }

  Result<std::string> identity() override {
    SLUICE_TRY_ASSIGN(const BearerToken* token, credentials_.get());
    return token->source;
  }

 private:
  static Result<std::string> base_of(const Request& request) {
    const std::size_t slash = request.name.find('/');
    const std::string vault = request.name.substr(0, slash);
    if (!is_name(vault) || !is_name(request.name.substr(slash + 1)) ||
        !(request.version.empty() || is_name(request.version)))
      return fail(ErrorKind::invalid_input,
                  "vault, secret and version are letters, digits and `-`");
    std::string given = variable("AZURE_KEYVAULT_URL");
    while (given.ends_with('/')) given.pop_back();
    return given.empty() ? fmt::format("https://{}.{}", vault, vault_domain()) : given;
  }

  static std::string name_of(const Request& request) {
    return request.name.substr(request.name.find('/') + 1);
  }

  Result<HttpReply> get(const std::string& url) {
    HttpRequest request;
    request.url = url;
    return send_authorized(http_, credentials_, request);
  }

  Result<SecretValue> read(const Request& request) {
    SLUICE_TRY_ASSIGN(const std::string base, base_of(request));
    SLUICE_TRY_ASSIGN(const HttpReply reply, get(fmt::format("{}/secrets/{}/{}?{}", base,
                                                             name_of(request), request.version, api)));
    SLUICE_TRY(check_reply(reply));
    auto value = json_member(reveal(reply.body), "value");
    if (!value) return fail(ErrorKind::corrupt, "the service's reply holds no secret");
    const auto id = json_member(reveal(reply.body), "id");
    return SecretValue{std::move(*value), id ? last_part(reveal(*id)) : std::string()};
  }

  // Versions come in pages; a page elsewhere than at the vault is not asked for.
  Result<std::vector<Version>> versions(const Request& request) {
    SLUICE_TRY_ASSIGN(const std::string base, base_of(request));
    std::string url =
        fmt::format("{}/secrets/{}/versions?{}&maxresults=25", base, name_of(request), api);
    std::vector<Version> found;
    for (int page = 0; page < most_pages && !url.empty(); ++page) {
      SLUICE_TRY_ASSIGN(const HttpReply reply, get(url));
      SLUICE_TRY(check_reply(reply));
      const auto json = JsonText::parse(reveal(reply.body));
      const auto list = json ? json->member("value") : std::nullopt;
      if (!list) return fail(ErrorKind::corrupt, "the service's reply is not what was expected");
      for (const JsonText& item : list->items()) found.push_back(version_of(item));
      const auto next = json_member(reveal(reply.body), "nextLink");
      url = next && reveal(*next).starts_with(base + "/") ? std::string(reveal(*next)) : std::string();
    }
    return found;
  }

  Result<Description> describe_one(const Request& request) {
    const auto list = versions(request);
    if (!list && list.error().kind == ErrorKind::not_found) return deleted_or_missing(request);
    SLUICE_TRY_ASSIGN(const std::vector<Version> all, list);
    const Version* chosen = nullptr;
    for (const Version& one : all) {
      const bool is_it = request.version.empty()
                             ? chosen == nullptr || one.created > chosen->created
                             : one.id == request.version;
      if (is_it) chosen = &one;
    }
    if (chosen == nullptr) return deleted_or_missing(request);
    if (!chosen->is_enabled) return fail(ErrorKind::not_found, "that version is disabled");
    Description description{"version " + chosen->id, {}, {}};
    add_expiry(*chosen, description);
    return description;
  }

  static void add_expiry(const Version& version, Description& description) {
    const std::int64_t now = std::time(nullptr);
    if (!version.expires) {
      description.concerns.push_back(
          {Concern::Weight::advice, "no-rotation", "it never expires, so nobody has to renew it",
           "give it an expiry date, and renew it on the event SecretNearExpiry"});
    } else if (*version.expires < now) {
      description.concerns.push_back(
          {Concern::Weight::fault, "expired", "it has expired", "set a new version"});
    } else if (*version.expires < now + soon) {
      description.concerns.push_back({Concern::Weight::advice, "expires-soon",
                                      "it expires within two weeks", "set a new version"});
    }
  }

  tl::unexpected<Error> deleted_or_missing(const Request& request) {
    if (const auto base = base_of(request)) {
      const auto reply = get(fmt::format("{}/deletedsecrets/{}?{}", *base, name_of(request), api));
      if (reply && reply->status == 200)
        return fail(ErrorKind::not_found, "it was deleted and can still be recovered", {},
                    "az keyvault secret recover");
    }
    return fail(ErrorKind::not_found, "there is no such secret (or no such version) here");
  }

  HttpClient http_;
  AzureCredentials credentials_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_azure_key_vault(bool allow_long_lived) {
  return std::unique_ptr<Provider>(std::make_unique<AzureKeyVault>(allow_long_lived));
}

}  // namespace sluice::secrets
