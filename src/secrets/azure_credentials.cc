#include "secrets/azure_credentials.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/text.h"
#include "secrets/attempts.h"
#include "secrets/aws_profile.h"
#include "secrets/secure_file.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t largest_token = 64u << 10;
constexpr int metadata_timeout_ms = 1000;

bool is_tenant(std::string_view tenant) {
  return !tenant.empty() && tenant.size() <= 100 &&
         tenant.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") == tenant.npos;
}

std::string shown(const std::string& id) { return base::escape_for_terminal(id.substr(0, 100)); }

HttpRequest metadata_request(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  request.timeout_ms = request.connect_timeout_ms = metadata_timeout_ms;
  request.is_link_local = true;
  return request;
}

}  // namespace

Result<BearerToken> AzureCredentials::find() {
  if (!variable("AZURE_CLIENT_SECRET").empty()) return by_secret();
  if (const std::string file = variable("AZURE_FEDERATED_TOKEN_FILE"); !file.empty())
    return by_federation(file);
  if (const std::string endpoint = variable("IDENTITY_ENDPOINT"); !endpoint.empty())
    return from_app_service(endpoint);
  auto found = from_machine();
  if (found || found.error().kind != ErrorKind::not_found) return found;
  return fail(ErrorKind::refused,
              "no Azure credentials: no variables, workload identity or managed identity", {},
              "run where a managed identity is, or set AZURE_FEDERATED_TOKEN_FILE");
}

// The client credentials grant of the Microsoft identity platform, version 2.0.
Result<BearerToken> AzureCredentials::by_client(SecureBytes form, const std::string& source) {
  const std::string tenant = variable("AZURE_TENANT_ID");
  if (!is_tenant(tenant) || variable("AZURE_CLIENT_ID").empty())
    return fail(ErrorKind::invalid_input, fmt::format("{}: the tenant or client is not named", source),
                {}, "set AZURE_TENANT_ID and AZURE_CLIENT_ID");
  std::string authority = variable("AZURE_AUTHORITY_HOST");
  while (authority.ends_with('/')) authority.pop_back();
  if (authority.empty()) authority = "https://login.microsoftonline.com";
  append_parameter(form, "grant_type", "client_credentials");
  append_parameter(form, "client_id", variable("AZURE_CLIENT_ID"));
  append_parameter(form, "scope", resource_ + "/.default");
  const std::string url = fmt::format("{}/{}/oauth2/v2.0/token", authority, tenant);
  SLUICE_TRY_ASSIGN(const HttpReply reply,
                    send_patiently(http_, form_request(url, std::move(form))));
  return read_token_reply(reply, source);
}

Result<BearerToken> AzureCredentials::by_secret() {
  const std::string source =
      fmt::format("the secret of client {}", shown(variable("AZURE_CLIENT_ID")));
  if (!allow_long_lived_) return refuse_long_lived(source);
  SecureBytes form;
  append_parameter(form, "client_secret", std::getenv("AZURE_CLIENT_SECRET"));
  return by_client(std::move(form), source);
}

// The file is read anew each time: who put it there renews it.
Result<BearerToken> AzureCredentials::by_federation(const std::string& token_file) {
  SLUICE_TRY_ASSIGN(const SecureBytes token, read_secure_file(token_file, largest_token));
  SecureBytes form;
  append_parameter(form, "client_assertion_type",
                   "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  append_parameter(form, "client_assertion", base::trim(reveal(token)));
  return by_client(std::move(form), fmt::format("client {} by workload identity",
                                                shown(variable("AZURE_CLIENT_ID"))));
}

Result<BearerToken> AzureCredentials::from_app_service(const std::string& endpoint) {
  HttpRequest request =
      metadata_request(fmt::format("{}?api-version=2019-08-01&resource={}", endpoint,
                                   percent_encode(resource_)));
  if (const std::string client = variable("AZURE_CLIENT_ID"); !client.empty())
    request.url += "&client_id=" + percent_encode(client);
  request.headers.push_back(header("X-IDENTITY-HEADER", variable("IDENTITY_HEADER")));
  SLUICE_TRY_ASSIGN(const HttpReply reply, http_.send(request));
  return read_token_reply(reply, "the app's managed identity");
}

Result<BearerToken> AzureCredentials::from_machine() {
  std::string host = variable("AZURE_POD_IDENTITY_AUTHORITY_HOST");
  while (host.ends_with('/')) host.pop_back();
  if (host.empty()) host = "http://169.254.169.254";
  HttpRequest request =
      metadata_request(fmt::format("{}/metadata/identity/oauth2/token?api-version=2018-02-01"
                                   "&resource={}",
                                   host, percent_encode(resource_)));
  if (const std::string client = variable("AZURE_CLIENT_ID"); !client.empty())
    request.url += "&client_id=" + percent_encode(client);
  request.headers.push_back(header("Metadata", "true"));
  const auto reply = http_.send(request);
  if (!reply && reply.error().kind == ErrorKind::io)
    return fail(ErrorKind::not_found, "no metadata service answers");
  if (!reply) return tl::unexpected<Error>(reply.error());
  return read_token_reply(*reply, "the machine's managed identity");
}

}  // namespace sluice::secrets
