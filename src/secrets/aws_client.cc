#include "secrets/aws_client.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

#include "base/text.h"
#include "secrets/attempts.h"
#include "secrets/aws_sts.h"
#include "secrets/json_text.h"

namespace sluice::secrets {
namespace {

constexpr std::int64_t tolerated_skew = 240;  // seconds; AWS refuses from 300 on

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool is_passing(std::string_view fault, int status) {
  return status >= 500 || status == 429 ||
         is_one_of(fault,
                   {"ThrottlingException", "Throttling", "TooManyRequestsException",
                    "RequestLimitExceeded", "InternalServiceError", "InternalServiceErrorException",
                    "InternalFailure", "ServiceUnavailable", "RequestTimeout"});
}

// A service's code: letters only, so that nothing else of a hostile reply is shown.
std::string clean_code(std::string_view code) {
  if (const std::size_t hash = code.rfind('#'); hash != code.npos) code.remove_prefix(hash + 1);
  code = code.substr(0, code.find(':'));
  const bool is_word =
      !code.empty() && code.size() <= 60 && std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      });
  return is_word ? std::string(code) : "an unknown fault";
}

std::string fault_of(const HttpReply& reply) {
  const std::string_view body = reveal(reply.body);
  if (const auto json = JsonText::parse(body)) {
    if (const auto type = json->member("__type")) return clean_code(reveal(type->bytes()));
  } else if (const auto code = xml_element(body, "Code")) {
    return clean_code(reveal(*code));
  }
  return fmt::format("HTTP {}", reply.status);
}

}  // namespace

AwsClient::AwsClient(HttpClient& http, AwsCredentialChain& credentials, std::string region,
                     std::string service, std::string endpoint)
    : http_(http),
      credentials_(credentials),
      region_(std::move(region)),
      service_(std::move(service)),
      endpoint_(std::move(endpoint)) {
  while (endpoint_.ends_with('/')) endpoint_.pop_back();
}

Result<HttpReply> AwsClient::send_once(std::string_view target, const SecureBytes& body) {
  SLUICE_TRY_ASSIGN(const AwsCredentials* credentials, credentials_.get());
  if (credentials->keys.session_token.empty() && !allows_static_keys_)
    return fail(
        ErrorKind::refused,
        fmt::format("long-lived keys ({}) are not allowed here", credentials->source), {},
        "use a role, or list the environment under `secrets: static_keys` in the policy file");
  HttpRequest request;
  request.method = "POST";
  request.url = endpoint_ + "/";
  request.body = body;
  const std::size_t start = endpoint_.find("://");
  SignedRequest to_sign;
  to_sign.headers = {{"host", start == endpoint_.npos ? endpoint_ : endpoint_.substr(start + 3)}};
  if (target.empty()) {
    to_sign.headers.emplace_back("content-type",
                                 "application/x-www-form-urlencoded; charset=utf-8");
  } else {
    to_sign.headers.emplace_back("content-type", "application/x-amz-json-1.1");
    to_sign.headers.emplace_back("x-amz-target", target);
  }
  to_sign.body = reveal(request.body);
  for (std::size_t i = 1; i < to_sign.headers.size(); ++i)
    request.headers.push_back(header(to_sign.headers[i].first, to_sign.headers[i].second));
  for (SecureBytes& line :
       sign(to_sign, credentials->keys, {region_, service_, std::time(nullptr) + skew_}))
    request.headers.push_back(std::move(line));
  return http_.send(request);
}

// What can be set right on our side, once for each cause.
bool AwsClient::mend(const std::string& fault, const HttpReply& reply) {
  if (is_one_of(fault, {"InvalidSignatureException", "SignatureDoesNotMatch",
                        "RequestTimeTooSkewed", "RequestExpired"}) &&
      !has_mended_clock_) {
    const std::int64_t server = parse_http_date(reply.date);
    const std::int64_t skew = server - std::time(nullptr);
    has_mended_clock_ = server != 0 && std::abs(skew - skew_) > tolerated_skew;
    if (has_mended_clock_) skew_ = skew;
    return has_mended_clock_;
  }
  if (is_one_of(fault, {"ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException"}) &&
      !has_renewed_) {
    credentials_.forget();
    return has_renewed_ = true;
  }
  return false;
}

Result<AwsAnswer> AwsClient::call(std::string_view target, const SecureBytes& body) {
  has_mended_clock_ = has_renewed_ = false;
  Attempts attempts;
  for (;;) {
    auto reply = send_once(target, body);
    if (!reply) {
      if (reply.error().kind != ErrorKind::io || !attempts.wait())
        return tl::unexpected<Error>(reply.error());
      continue;
    }
    if (reply->status == 200) return AwsAnswer{std::move(reply->body), {}};
    const std::string fault = fault_of(*reply);
    if (mend(fault, *reply)) continue;
    if (is_passing(fault, reply->status) && attempts.wait()) continue;
    if (reply->status >= 300 && reply->status < 400)
      return fail(ErrorKind::refused, "the service answers with a redirect, which is not followed",
                  origin_of(endpoint_));
    return AwsAnswer{{}, fault};
  }
}

}  // namespace sluice::secrets
