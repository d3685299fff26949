#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/idle_pool.h"
#include "base/result.h"
#include "scan/scanner.h"
#include "scan/sieve.h"

namespace sluice::app {

/// Tells of most large texts that nothing is in them with only a window of each in memory, which moves on as it is
/// looked at. What is found, or reaches beyond a window, is for who has the text as a whole: this says only that it has
/// to be looked at so.
class PiecewiseLook {
 public:
  /// In bytes. What is kept on either side of a window must be more than any rule looks at.
  struct Sizes {
    std::size_t window = std::size_t{16} << 20;
    std::size_t around = std::size_t{4} << 20;
    std::size_t part = std::size_t{1} << 20;  ///< that one thread looks at
  };
  /// Writes the text's next bytes, as pack::EntryPieces does.
  using Read = std::function<Result<std::size_t>(char* out, std::size_t room)>;

  /// `scanner` must outlive this.
  PiecewiseLook(const scan::Scanner& scanner, unsigned jobs) : PiecewiseLook(scanner, jobs, Sizes()) {}
  PiecewiseLook(const scan::Scanner& scanner, unsigned jobs, const Sizes& sizes);
  PiecewiseLook(const PiecewiseLook&) = delete;
  PiecewiseLook& operator=(const PiecewiseLook&) = delete;
  ~PiecewiseLook();

  /// Whether the look at a text of `size` bytes as a whole would find nothing. False also when that is not known, or
  /// the text cannot be read. To be called once.
  bool holds_nothing(std::uint64_t size, const Read& read);

 private:
  // A part of the text in memory: what is looked at, and what lies around it.
  struct Window {
    std::string bytes;
    std::uint64_t begin = 0;       // of `bytes` in the text
    std::uint64_t look_begin = 0;  // of what is looked at, in the text
    std::uint64_t look_end = 0;
  };
  struct Worker;

  Result<Window> first_window(const Read& read) const;
  Result<Window> next_window(const Window& window, const Read& read) const;
  bool is_for_pieces(const Window& first);
  bool look_at(const Window& window);
  std::optional<scan::Sieve::Sifted> look_at_part(const Window& window, rules::Span part);
  bool are_settled(const Window& window, const scan::Candidates& candidates) const;
  bool is_settled(const Window& window, std::size_t begin, std::size_t end) const;
  bool look_into_runs(const Window& window, rules::Span part, Worker& worker) const;
  bool is_container(const Window& last) const;

  const scan::Scanner& scanner_;
  unsigned jobs_;
  Sizes sizes_;
  std::uint64_t size_ = 0;
  std::string head_;  // the text's first bytes
  bool is_binary_ = false;
  std::optional<scan::Sieve> sieve_;
  base::IdlePool<Worker> idle_;
};

}  // namespace sluice::app
