#include "scan/large_search.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "base/idle_pool.h"
#include "base/parallel.h"
#include "scan/search.h"
#include "scan/sieve.h"

namespace sluice::scan {
namespace {

using rules::Span;

constexpr std::size_t part_size = std::size_t{1} << 20;

// The parts of one text. Those that are done are put together in the text's order, whoever was first.
class Parts {
 public:
  Parts(const Scanner& scanner, std::string_view text, bool is_binary)
      : scanner_(scanner), text_(text), is_binary_(is_binary), sieve_(scanner, text.size()) {}

  std::size_t count() const { return (text_.size() + part_size - 1) / part_size; }

  void look_at(std::size_t number) {
    std::unique_ptr<Worker> worker = idle_.take([this] { return std::make_unique<Worker>(scanner_); });
    const std::size_t begin = number * part_size;
    worker->search.scan_part_once(text_, is_binary_, {begin, std::min(begin + part_size, text_.size())}, worker->candidates);
    Sieve::Sifted kept = sieve_.sift(worker->candidates, 0);
    idle_.give_back(std::move(worker));
    const std::lock_guard guard(lock_);
    waiting_.emplace(number, std::move(kept));
    put_together();
  }

  /// Of the whole text, once all parts were looked at.
  std::vector<Match> matches() { return sieve_.matches(); }

 private:
  // What a thread has, for one part after another.
  struct Worker {
    explicit Worker(const Scanner& scanner) : search(scanner) {}
    Search search;
    Candidates candidates;
  };

  void put_together() {
    for (auto first = waiting_.begin(); first != waiting_.end() && first->first == done_; ++done_) {
      sieve_.add(std::move(first->second));
      first = waiting_.erase(first);
    }
  }

  const Scanner& scanner_;
  std::string_view text_;
  bool is_binary_;
  base::IdlePool<Worker> idle_;
  std::mutex lock_;                               // of what follows
  std::map<std::size_t, Sieve::Sifted> waiting_;  // by number
  std::size_t done_ = 0;                          // parts that the sieve has
  Sieve sieve_;
};

}  // namespace

std::vector<Match> matches_of_large(const Scanner& scanner, std::string_view text, bool is_binary, unsigned jobs) {
  Parts parts(scanner, text, is_binary);
  base::for_each_in_parallel(parts.count(), [&](std::size_t number) { parts.look_at(number); }, std::max(1u, jobs));
  return parts.matches();
}

Candidates candidates_of_large(const Scanner& scanner, std::string_view text, bool is_binary, unsigned jobs) {
  const std::size_t count = std::max(1u, jobs);
  std::vector<Candidates> parts(count);
  base::for_each_in_parallel(
      count,
      [&](std::size_t i) {
        const Span part{text.size() / count * i, i + 1 == count ? text.size() : text.size() / count * (i + 1)};
        Search(scanner).scan_part(text, is_binary, part, parts[i]);
      },
      std::max(1u, jobs));
  Candidates all = std::move(parts.front());
  for (std::size_t i = 1; i < count; ++i) {
    std::move(parts[i].begin(), parts[i].end(), std::back_inserter(all));
    Candidates().swap(parts[i]);
  }
  return all;
}

}  // namespace sluice::scan
