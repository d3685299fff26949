#include "secrets/http.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "secrets/attempts.h"
#include "secrets/bearer_token.h"
#include "secrets/rs256.h"

namespace sluice::secrets {
namespace {

// Listens on loopback and gives each caller the next of `replies`, a byte at a time with `pause`
// between two; none: it says nothing at all.
class Server {
 public:
  explicit Server(std::vector<std::string> replies, std::chrono::milliseconds pause = {})
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    (void)::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    (void)::listen(socket_, 8);
    (void)::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, replies = std::move(replies), pause] {
      for (const std::string& reply : replies) answer(reply, pause);
    });
  }
  ~Server() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
  void answer(const std::string& reply, std::chrono::milliseconds pause) const {
    const int caller = ::accept(socket_, nullptr, nullptr);
    char request[4096];
    (void)!::read(caller, request, sizeof request);
    for (const char byte : reply) {
      if (::send(caller, &byte, 1, MSG_NOSIGNAL) < 0) break;
      if (pause.count() > 0) std::this_thread::sleep_for(pause);
    }
    ::close(caller);
  }

  int socket_;
  int port_ = 0;
  std::thread thread_;
};

HttpRequest request_to(const std::string& url, int timeout_ms = 5000) {
  HttpRequest request;
  request.url = url;
  request.timeout_ms = timeout_ms;
  return request;
}

const std::string fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nRetry-After: 7\r\n\r\nok";
const std::string busy = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

TEST(HttpClient, GivesUpOnAServerThatDripsItsReply) {
  const Server server({fine}, std::chrono::milliseconds(40));
  HttpClient http;
  const auto start = std::chrono::steady_clock::now();
  const auto reply = http.send(request_to(server.url(), 300));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().what, "no answer within the time limit");
}

TEST(HttpClient, GivesUpOnAServerThatSaysNothing) {
  const Server server({});  // the kernel takes the connection, and nobody answers
  HttpClient http;
  const auto reply = http.send(request_to(server.url(), 200));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().what, "no answer within the time limit");
}

TEST(HttpClient, TellsHalfAReplyAndNone) {
  const Server server({"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", ""});
  HttpClient http;
  EXPECT_EQ(http.send(request_to(server.url())).error().what, "the reply ended half-way");
  EXPECT_FALSE(http.send(request_to(server.url())));
}

TEST(HttpClient, TakesTheHeadersThatAreOfUse) {
  const Server server({fine});
  HttpClient http;
  const auto reply = http.send(request_to(server.url()));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->retry_after, "7");
  EXPECT_EQ(reveal(reply->body), "ok");
}

TEST(HttpClient, RefusesPlainHttpAndUsersInUrls) {
  HttpClient http;
  EXPECT_EQ(http.send(request_to("http://example.org/")).error().kind, ErrorKind::refused);
  EXPECT_EQ(http.send(request_to("http://127.0.0.1.evil.example/")).error().kind, ErrorKind::refused);
  EXPECT_EQ(http.send(request_to("http://127.0.0.1@evil.example/")).error().kind, ErrorKind::refused);
  EXPECT_EQ(http.send(request_to("ftp://127.0.0.1/")).error().kind, ErrorKind::refused);
}

TEST(SendPatiently, TriesAgainWhatPasses) {
  const Server server({busy, "", fine});
  HttpClient http;
  const auto reply = send_patiently(http, request_to(server.url()));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200);
}

TEST(SendPatiently, DoesNotWaitForLongerThanItMayTake) {
  const Server server({"HTTP/1.1 429 No\r\nRetry-After: 3000\r\nContent-Length: 0\r\n\r\n"});
  HttpClient http;
  EXPECT_EQ(send_patiently(http, request_to(server.url()))->status, 429);
}

HttpReply reply_of(int status, std::string_view body) {
  HttpReply reply;
  reply.status = status;
  reply.body = secure_copy(body);
  return reply;
}

TEST(BearerToken, IsReadFromATokenEndpointsReply) {
  const auto token = read_token_reply(reply_of(200, R"({"access_token":"abc","expires_in":"3599"})"), "x");
  ASSERT_TRUE(token);
  EXPECT_EQ(reveal(token->token), "abc");
  EXPECT_TRUE(token->is_fresh());
  EXPECT_FALSE(read_token_reply(reply_of(200, R"({"access_token":"a","expires_in":60})"), "x")->is_fresh());
  EXPECT_EQ(read_token_reply(reply_of(200, R"({"access_token":"a\r\nX: y"})"), "x").error().kind,
            ErrorKind::corrupt);
  EXPECT_EQ(read_token_reply(reply_of(400, R"({"error":"invalid_grant"})"), "x").error().what,
            "x: the token endpoint answers 400 invalid_grant");
  EXPECT_EQ(read_token_reply(reply_of(400, R"({"error":"said: abc"})"), "x").error().what,
            "x: the token endpoint answers 400 an unknown fault");
}

TEST(Rs256, TakesNoKeyThatIsNone) {
  const std::string kind = "PRIVATE KEY-----\n";
  for (const std::string& pem : {std::string(), "-----BEGIN " + kind + "AAAA\n-----END " + kind}) {
    const auto signature = sign_rs256("text", secure_copy(pem));
    ASSERT_FALSE(signature);
    EXPECT_EQ(signature.error().kind, ErrorKind::invalid_input);
  }
  EXPECT_EQ(reveal(encode_base64_url("\xfb\xff\xfe")), "-__-");
  EXPECT_EQ(reveal(encode_base64_url("a")), "YQ");
}

}  // namespace
}  // namespace sluice::secrets
