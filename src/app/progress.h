#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace sluice::app {

/// A progress bar with rate and time left on standard error, when that is a terminal and the run
/// lasts long enough to want one; otherwise nothing. Thread-safe.
class Progress {
 public:
  Progress(bool wanted, std::string label);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void update(std::uint64_t done, std::uint64_t total, std::uint64_t bytes);
  /// Takes the bar off the screen.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  void draw(double share, std::uint64_t bytes, double seconds);

  const bool shown_;
  const std::string label_;
  const Clock::time_point start_ = Clock::now();
  std::mutex lock_;
  Clock::time_point last_drawn_ = start_;
  bool drawn_ = false;
};

}  // namespace sluice::app
