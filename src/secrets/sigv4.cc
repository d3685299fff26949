#include "secrets/sigv4.h"

#include <fmt/format.h>
#include <string.h>

#include <algorithm>
#include <ctime>

#include "base/hash.h"
#include "base/text.h"
#include "secrets/http.h"

namespace sluice::secrets {
namespace {

SecureBytes hmac(const SecureBytes& key, std::string_view text) {
  base::Sha256 digest = base::hmac_sha256(reveal(key), text);
  SecureBytes out(reinterpret_cast<const char*>(digest.data()),
                  reinterpret_cast<const char*>(digest.data()) + digest.size());
  ::explicit_bzero(digest.data(), digest.size());
  return out;
}

SecureBytes signing_key(const SecureBytes& secret, std::string_view day,
                        const SigningScope& scope) {
  SecureBytes key = secure_copy("AWS4");
  append(key, reveal(secret));
  return hmac(hmac(hmac(hmac(key, day), scope.region), scope.service), "aws4_request");
}

// A header's value without spaces around it and with one space for several inside.
std::string folded(std::string_view value) {
  std::string out;
  for (const char c : base::trim(value))
    if (c != ' ' || !out.ends_with(' ')) out += c;
  return out;
}

}  // namespace

std::string amazon_date(std::int64_t time) {
  const std::time_t seconds = time;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::vector<SecureBytes> sign(const SignedRequest& request, const SigningKeys& keys,
                              const SigningScope& scope) {
  const std::string date = amazon_date(scope.time);
  auto headers = request.headers;
  headers.emplace_back("x-amz-date", date);
  std::sort(headers.begin(), headers.end());
  // The token goes into the canonical request, too; that text is kept where it is wiped.
  SecureBytes canonical =
      secure_copy(fmt::format("{}\n{}\n{}\n", request.method, request.path, request.query));
  std::string names;
  const auto add = [&](std::string_view name, std::string_view value) {
    append(canonical, name);
    append(canonical, ":");
    append(canonical, value);
    append(canonical, "\n");
    names += names.empty() ? std::string(name) : ";" + std::string(name);
  };
  bool is_token_added = keys.session_token.empty();
  constexpr std::string_view token_name = "x-amz-security-token";
  for (const auto& [name, value] : headers) {
    if (!is_token_added && name > token_name) {
      add(token_name, reveal(keys.session_token));
      is_token_added = true;
    }
    add(name, folded(value));
  }
  if (!is_token_added) add(token_name, reveal(keys.session_token));
  append(canonical, "\n" + names + "\n" + base::to_hex(base::sha256(request.body)));

  const std::string day = date.substr(0, 8);
  const std::string credential_scope =
      fmt::format("{}/{}/{}/aws4_request", day, scope.region, scope.service);
  const std::string to_sign = fmt::format("AWS4-HMAC-SHA256\n{}\n{}\n{}", date, credential_scope,
                                          base::to_hex(base::sha256(reveal(canonical))));
  const SecureBytes signature = hmac(signing_key(keys.secret_key, day, scope), to_sign);
  std::vector<SecureBytes> added;
  added.push_back(header("x-amz-date", date));
  if (!keys.session_token.empty()) added.push_back(header(token_name, reveal(keys.session_token)));
  added.push_back(header(
      "authorization",
      fmt::format("AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}",
                  keys.access_key_id, credential_scope, names, base::to_hex(reveal(signature)))));
  return added;
}

}  // namespace sluice::secrets
