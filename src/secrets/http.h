#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// A request to a keeper of secrets.
struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<SecureBytes> headers;  ///< `Name: value`, each name once
  SecureBytes body;
  int timeout_ms = 10'000;  ///< for all of it
  int connect_timeout_ms = 3'000;
  bool is_link_local = false;  ///< a metadata server: never by way of a proxy
};

struct HttpReply {
  int status = 0;
  std::string date;             ///< the Date header, for the skew of clocks
  std::string retry_after;      ///< Retry-After, as it came
  std::string metadata_flavor;  ///< Metadata-Flavor, by which Google's metadata server is known
  SecureBytes body;
};

/// Sends requests one after the other and keeps connections open between them. libcurl is loaded
/// and started when the first one is sent; what it and its TLS held is wiped when it is freed.
/// Certificates are verified (SSL_CERT_FILE and CURL_CA_BUNDLE are honoured), no redirect is
/// followed, nothing is logged, and plain http is spoken to loopback and link-local addresses only.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// The reply, whatever its status. Errors: unsupported (no libcurl), refused (plain http to
  /// elsewhere, an URL with a password), io (DNS, TLS, connection, time limit, half a reply),
  /// limit_exceeded (more than 4 MiB). No error holds anything of request or reply but the host.
  Result<HttpReply> send(const HttpRequest& request);

  /// Closes connections and frees, wiped, all that was kept of requests and replies.
  void forget();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// `Name: value`.
SecureBytes header(std::string_view name, std::string_view value);

/// Scheme and host of an URL, for messages.
std::string origin_of(std::string_view url);

/// `text` percent-encoded but for letters, digits and `-._~` (RFC 3986, section 2.3), and `/` if it
/// is kept.
std::string percent_encode(std::string_view text, bool keeps_slash = false);

/// Appends `name=value` to a form, percent-encoded, without a copy that is not wiped.
void append_parameter(SecureBytes& form, std::string_view name, std::string_view value);

/// Seconds since 1970 of a Date header; 0 when it is none.
std::int64_t parse_http_date(const std::string& date);

}  // namespace sluice::secrets
