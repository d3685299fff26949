#include "secrets/bearer_token.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

#include "secrets/json_text.h"

namespace sluice::secrets {
namespace {

constexpr std::int64_t early = 300;
constexpr std::int64_t longest = 86'400;

std::string word_at(const HttpReply& reply, std::string_view path) {
  const auto text = json_member(reveal(reply.body), path);
  return text ? plain_word(reveal(*text)) : std::string();
}

}  // namespace

bool BearerToken::is_fresh() const {
  return expires == 0 || expires - early > static_cast<std::int64_t>(std::time(nullptr));
}

std::string plain_word(std::string_view text) {
  const bool is_word =
      !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      });
  return is_word ? std::string(text) : "an unknown fault";
}

Result<BearerToken> read_token_reply(const HttpReply& reply, std::string source) {
  if (reply.status != 200) {
    const std::string word = word_at(reply, "error");
    return fail(ErrorKind::refused, fmt::format("{}: the token endpoint answers {}{}{}", source,
                                                reply.status, word.empty() ? "" : " ", word));
  }
  auto token = json_member(reveal(reply.body), "access_token");
  if (!token || token->empty() || reveal(*token).find_first_of("\r\n") != std::string_view::npos)
    return fail(ErrorKind::corrupt,
                fmt::format("{}: the token endpoint's reply is not what was expected", source));
  BearerToken found{std::move(*token), std::move(source), 0};
  if (const auto seconds = json_member(reveal(reply.body), "expires_in")) {
    std::int64_t left = 0;
    std::from_chars(seconds->data(), seconds->data() + seconds->size(), left);
    found.expires = std::time(nullptr) + std::clamp<std::int64_t>(left, 0, longest);
  }
  return found;
}

HttpRequest form_request(std::string url, SecureBytes form) {
  HttpRequest request;
  request.method = "POST";
  request.url = std::move(url);
  request.body = std::move(form);
  request.headers.push_back(header("Content-Type", "application/x-www-form-urlencoded"));
  return request;
}

SecureBytes bearer_header(const BearerToken& token) {
  SecureBytes line = secure_copy("Authorization: Bearer ");
  append(line, reveal(token.token));
  return line;
}

tl::unexpected<Error> refuse_long_lived(const std::string& source) {
  return fail(ErrorKind::refused, fmt::format("long-lived keys ({}) are not allowed here", source), {},
              "run under the identity of the place, or list the environment under `secrets: "
              "static_keys` in the policy file");
}

}  // namespace sluice::secrets
