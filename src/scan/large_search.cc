#include "scan/large_search.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "base/idle_pool.h"
#include "base/parallel.h"

namespace sluice::scan {
namespace {

using rules::Span;

constexpr std::size_t part_size = std::size_t{1} << 20;

// A judged rule's match, as far as others are compared with it.
struct Sighting {
  Span value;
  judge::Likeness likeness;
};

// What is kept of a part.
struct Sieved {
  Candidates accepted;
  std::vector<Sighting> judged;
};

Sieved sieve(const Scanner& scanner, Candidates& candidates) {
  Sieved kept;
  for (Candidate& candidate : candidates) {
    if (candidate.outcome() == Candidate::Outcome::nothing) continue;
    if (scanner.rule_of(candidate).is_judged) kept.judged.push_back({candidate.secret(), candidate.likeness});
    if (candidate.outcome() == Candidate::Outcome::accepted) kept.accepted.push_back(std::move(candidate));
  }
  return kept;
}

// The parts of one text. Those that are done are put together in the text's order, whoever was first.
class Parts {
 public:
  Parts(const Scanner& scanner, std::string_view text, bool is_binary)
      : scanner_(scanner), text_(text), is_binary_(is_binary), company_(text.size()) {}

  std::size_t count() const { return (text_.size() + part_size - 1) / part_size; }

  void look_at(std::size_t number) {
    std::unique_ptr<Worker> worker = idle_.take([this] { return std::make_unique<Worker>(scanner_); });
    const std::size_t begin = number * part_size;
    worker->search.scan_part_once(text_, is_binary_, {begin, std::min(begin + part_size, text_.size())}, worker->candidates);
    Sieved kept = sieve(scanner_, worker->candidates);
    idle_.give_back(std::move(worker));
    const std::lock_guard guard(lock_);
    waiting_.emplace(number, std::move(kept));
    put_together();
  }

  /// Of the whole text, once all parts were looked at.
  std::vector<Match> matches() { return scanner_.matches_of(accepted_, std::move(company_)); }

 private:
  // What a thread has, for one part after another.
  struct Worker {
    explicit Worker(const Scanner& scanner) : search(scanner) {}
    Search search;
    Candidates candidates;
  };

  void put_together() {
    for (auto first = waiting_.begin(); first != waiting_.end() && first->first == done_; ++done_) {
      Sieved& part = first->second;
      for (const Sighting& one : part.judged) company_.add(one.value, one.likeness);
      std::move(part.accepted.begin(), part.accepted.end(), std::back_inserter(accepted_));
      first = waiting_.erase(first);
    }
  }

  const Scanner& scanner_;
  std::string_view text_;
  bool is_binary_;
  base::IdlePool<Worker> idle_;
  std::mutex lock_;                        // of what follows
  std::map<std::size_t, Sieved> waiting_;  // by number
  std::size_t done_ = 0;                   // parts that are in what follows
  Candidates accepted_;
  judge::Company company_;
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
