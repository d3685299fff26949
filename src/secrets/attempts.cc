#include "secrets/attempts.h"

#include <algorithm>
#include <charconv>
#include <random>
#include <thread>

namespace sluice::secrets {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int most_attempts = 5;
constexpr auto longest_call = std::chrono::seconds(30);

// Of its two forms only the number of seconds is read.
int seconds_of(const std::string& retry_after) {
  int seconds = 0;
  const char* const end = retry_after.data() + retry_after.size();
  const auto read = std::from_chars(retry_after.data(), end, seconds);
  return read.ec == std::errc() && read.ptr == end ? std::clamp(seconds, 0, 3600) : 0;
}

}  // namespace

Attempts::Attempts() : deadline_(Clock::now() + longest_call) {}

bool Attempts::wait(int least_seconds) {
  static std::minstd_rand random(std::random_device{}());
  const int most = std::min(100 << made_, 5000);
  const auto pause = std::chrono::milliseconds(std::uniform_int_distribution<int>(1, most)(random)) +
                     std::chrono::seconds(least_seconds);
  if (++made_ > most_attempts || Clock::now() + pause > deadline_) return false;
  std::this_thread::sleep_for(pause);
  return true;
}

Result<HttpReply> send_patiently(HttpClient& http, const HttpRequest& request) {
  Attempts attempts;
  for (;;) {
    auto reply = http.send(request);
    const bool may_pass = reply ? reply->status == 429 || reply->status >= 500
                                : reply.error().kind == ErrorKind::io;
    if (!may_pass || !attempts.wait(reply ? seconds_of(reply->retry_after) : 0)) return reply;
  }
}

}  // namespace sluice::secrets
