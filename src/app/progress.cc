#include "app/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "report/verdict.h"

namespace sluice::app {
namespace {

constexpr auto first_after = std::chrono::milliseconds(300);
constexpr auto redraw_every = std::chrono::milliseconds(100);
constexpr int bar_width = 28;

}  // namespace

Progress::Progress(bool wanted, std::string label)
    : shown_(wanted && ::isatty(STDERR_FILENO) == 1), label_(std::move(label)) {}

Progress::~Progress() { finish(); }

void Progress::update(std::uint64_t done, std::uint64_t total, std::uint64_t bytes) {
  if (!shown_ || total == 0) return;
  const auto now = Clock::now();
  const std::lock_guard guard(lock_);
  if (now - start_ < first_after || now - last_drawn_ < redraw_every) return;
  last_drawn_ = now;
  const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  draw(share, bytes, std::chrono::duration<double>(now - start_).count());
}

void Progress::draw(double share, std::uint64_t bytes, double seconds) {
  std::string bar;
  const int filled = static_cast<int>(share * bar_width);
  for (int i = 0; i < bar_width; ++i) bar += i < filled ? "█" : "░";
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(bytes) / seconds);
  const std::string left =
      share > 0.01 ? report::human_seconds(seconds / share - seconds) + " left" : std::string("...");
  fmt::print(stderr, "\r\x1b[2K{} {} {:3.0f} %  {}  {}/s  {}", label_, bar, share * 100,
             report::human_bytes(bytes), report::human_bytes(rate), left);
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::finish() {
  const std::lock_guard guard(lock_);
  if (!drawn_) return;
  fmt::print(stderr, "\r\x1b[2K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace sluice::app
