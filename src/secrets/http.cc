#include "secrets/http.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <string.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>

#include "base/text.h"
#include "secrets/openssl_memory.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t largest_reply = 4u << 20;

// ---- libcurl, loaded by name: linking it would cost every start of the program ten milliseconds.
// ----

#define SLUICE_CURL_FUNCTIONS(X)                                                            \
  X(global_init_mem)                                                                        \
  X(easy_init) X(easy_setopt) X(easy_perform) X(easy_cleanup) X(easy_reset) X(easy_getinfo) \
      X(slist_append) X(slist_free_all)

struct Curl {
#define SLUICE_CURL_MEMBER(name) decltype(&::curl_##name) name = nullptr;
  SLUICE_CURL_FUNCTIONS(SLUICE_CURL_MEMBER)
#undef SLUICE_CURL_MEMBER
  std::string fault;
};

Curl load_curl() {
  Curl curl;
  void* const library = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    curl.fault = "libcurl.so.4 is not installed";
    return curl;
  }
  wipe_openssl_memory(library);
#define SLUICE_CURL_LOOK_UP(name)                                                     \
  curl.name = reinterpret_cast<decltype(curl.name)>(::dlsym(library, "curl_" #name)); \
  if (curl.name == nullptr) curl.fault = "libcurl lacks curl_" #name;
  SLUICE_CURL_FUNCTIONS(SLUICE_CURL_LOOK_UP)
#undef SLUICE_CURL_LOOK_UP
  if (curl.fault.empty() && curl.global_init_mem(CURL_GLOBAL_DEFAULT, std::malloc, wiping_free,
                                                 wiping_realloc, ::strdup, std::calloc) != CURLE_OK)
    curl.fault = "libcurl does not start";
  return curl;
}

const Curl& curl() {
  static const Curl loaded = load_curl();
  return loaded;
}

struct Received {
  HttpReply reply;
  bool is_too_large = false;
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* to) {
  auto& received = *static_cast<Received*>(to);
  received.is_too_large = received.reply.body.size() + count > largest_reply;
  if (received.is_too_large) return 0;
  append(received.reply.body, {bytes, count});
  return count;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* to) {
  HttpReply& reply = static_cast<Received*>(to)->reply;
  const std::string_view line(bytes, count);
  const std::size_t colon = std::min(line.find(':'), line.size());
  const std::string_view value = base::trim(line.substr(std::min(colon + 1, line.size())));
  const auto is = [&](std::string_view name) {
    return base::equals_ignoring_case(line.substr(0, colon), name);
  };
  if (is("date")) reply.date = value;
  if (is("retry-after")) reply.retry_after = value;
  if (is("metadata-flavor")) reply.metadata_flavor = value;
  return count;
}

std::string_view host_of(std::string_view url) {
  const std::size_t start = url.find("://");
  std::string_view rest = start == url.npos ? url : url.substr(start + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t at = rest.rfind('@'); at != rest.npos) rest = rest.substr(at + 1);
  if (rest.starts_with('[')) return rest.substr(0, rest.find(']') + 1);
  return rest.substr(0, rest.find(':'));
}

// Where a plain http request cannot be read on a network: this machine, and the addresses at which
// clouds answer a machine itself.
bool is_near(std::string_view host) {
  const bool is_loopback = host == "localhost" || host == "[::1]" || host.starts_with("127.");
  const bool is_number = host.find_first_not_of("0123456789.") == host.npos;
  return (is_loopback && (is_number || !host.starts_with("127."))) || host == "169.254.169.254" ||
         host == "169.254.170.2" || host == "169.254.170.23" || host == "[fd00:ec2::254]" ||
         host == "[fd00:ec2::23]";
}

Status check_url(std::string_view url) {
  const std::string_view authority = url.substr(0, url.find_first_of("/?#", url.find("://") + 3));
  if (authority.find('@') != authority.npos)
    return fail(ErrorKind::refused, "an URL with a user in it", origin_of(url));
  if (url.starts_with("https://") || (url.starts_with("http://") && is_near(host_of(url))))
    return {};
  return fail(ErrorKind::refused, "only https is spoken to other machines", origin_of(url),
              "give an https:// address");
}

struct Slist {
  curl_slist* list = nullptr;
  ~Slist() {
    for (curl_slist* item = list; item != nullptr; item = item->next)
      ::explicit_bzero(item->data, std::strlen(item->data));
    curl().slist_free_all(list);
  }
  void add(const SecureBytes& line) {
    SecureBytes text = line;
    text.push_back('\0');
    list = curl().slist_append(list, text.data());
  }
};

std::string explain(CURLcode code, const Received& received) {
  if (received.is_too_large) return fmt::format("the reply is larger than {} bytes", largest_reply);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "the name is not known (DNS)";
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "the proxy's name is not known (DNS)";
    case CURLE_COULDNT_CONNECT:
      return "no connection";
    case CURLE_OPERATION_TIMEDOUT:
      return "no answer within the time limit";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "the server's certificate is not to be trusted";
    case CURLE_SSL_CACERT_BADFILE:
      return "the file of trusted certificates cannot be read";
    case CURLE_SSL_CONNECT_ERROR:
      return "TLS fails";
    case CURLE_PARTIAL_FILE:
      return "the reply ended half-way";
    case CURLE_GOT_NOTHING:
      return "no reply";
    default:
      return fmt::format("the request failed (libcurl {})", static_cast<int>(code));
  }
}

}  // namespace

struct HttpClient::Impl {
  CURL* handle = nullptr;
  ~Impl() {
    if (handle != nullptr) curl().easy_cleanup(handle);
  }

  void set_up(const HttpRequest& request, const Slist& headers, Received& received) const {
    const auto set = [this](CURLoption option, auto value) {
      curl().easy_setopt(handle, option, value);
    };
    curl().easy_reset(handle);
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set(CURLOPT_HTTPHEADER, headers.list);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout_ms));
    set(CURLOPT_WRITEFUNCTION, take_body);
    set(CURLOPT_WRITEDATA, &received);
    set(CURLOPT_HEADERFUNCTION, take_header);
    set(CURLOPT_HEADERDATA, &received);
    if (request.is_link_local || is_near(host_of(request.url))) set(CURLOPT_NOPROXY, "*");
    for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE", "AWS_CA_BUNDLE"})
      if (const char* const file = std::getenv(name); file != nullptr && *file != '\0')
        set(CURLOPT_CAINFO, file);
    if (request.method == "GET") return;
    set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  }
};

HttpClient::HttpClient() : impl_(std::make_unique<Impl>()) {}
HttpClient::~HttpClient() = default;

Result<HttpReply> HttpClient::send(const HttpRequest& request) {
  SLUICE_TRY(check_url(request.url));
  if (!curl().fault.empty())
    return fail(ErrorKind::unsupported, curl().fault, {}, "install libcurl4");
  if (impl_->handle == nullptr) impl_->handle = curl().easy_init();
  if (impl_->handle == nullptr) return fail(ErrorKind::io, "libcurl does not start");
  Slist headers;
  for (const SecureBytes& line : request.headers) headers.add(line);
  Received received;
  impl_->set_up(request, headers, received);
  const CURLcode code = curl().easy_perform(impl_->handle);
  if (code != CURLE_OK)
    return fail(received.is_too_large ? ErrorKind::limit_exceeded : ErrorKind::io,
                explain(code, received), origin_of(request.url));
  long status = 0;
  curl().easy_getinfo(impl_->handle, CURLINFO_RESPONSE_CODE, &status);
  received.reply.status = static_cast<int>(status);
  return std::move(received.reply);
}

void HttpClient::forget() {
  if (impl_->handle != nullptr) curl().easy_cleanup(impl_->handle);
  impl_->handle = nullptr;
}

SecureBytes header(std::string_view name, std::string_view value) {
  SecureBytes line;
  line.reserve(name.size() + value.size() + 2);
  append(line, name);
  append(line, ": ");
  append(line, value);
  return line;
}

std::string origin_of(std::string_view url) {
  const std::size_t start = url.find("://");
  const std::string scheme(start == url.npos ? "" : url.substr(0, start + 3));
  return scheme + std::string(host_of(url));
}

std::string percent_encode(std::string_view text, bool keeps_slash) {
  std::string out;
  for (const char c : text) {
    const bool is_kept =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
        std::string_view("-._~").find(c) != std::string_view::npos || (keeps_slash && c == '/');
    out += is_kept ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

void append_parameter(SecureBytes& form, std::string_view name, std::string_view value) {
  if (!form.empty()) form.push_back('&');
  append(form, name);
  form.push_back('=');
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : value) {
    const bool is_kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') ||
                         std::string_view("-._~").find(c) != std::string_view::npos;
    if (is_kept) {
      form.push_back(c);
    } else {
      form.push_back('%');
      form.push_back(digits[static_cast<unsigned char>(c) >> 4]);
      form.push_back(digits[static_cast<unsigned char>(c) & 15]);
    }
  }
}

std::int64_t parse_http_date(const std::string& date) {
  std::tm parts{};
  return ::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S", &parts) == nullptr
             ? 0
             : static_cast<std::int64_t>(::timegm(&parts));
}

}  // namespace sluice::secrets
