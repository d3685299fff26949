#include "pack/walk.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "pack/pack_walker.h"

namespace sluice::pack {
namespace {

// Fewer objects than this are done sooner than a thread is started.
constexpr std::size_t least_per_thread = 64;

// The first exception of several threads, to be thrown again in the one that started them.
class FirstException {
 public:
  void keep() {
    const std::lock_guard guard(lock_);
    if (!error_) error_ = std::current_exception();
  }
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::mutex lock_;
  std::exception_ptr error_;
};

// Calls work(i) for 0 to `count` - 1, each in its own thread; `stop` when one throws.
template <class Work, class Stop>
void on_threads(unsigned count, Work work, Stop stop) {
  FirstException exception;
  const auto guarded = [&](unsigned number) {
    try {
      work(number);
    } catch (...) {
      exception.keep();
      stop();
    }
  };
  std::vector<std::thread> threads;
  try {
    for (unsigned i = 1; i < count; ++i) threads.emplace_back(guarded, i);
  } catch (...) {  // no more threads to be had
    exception.keep();
    stop();
  }
  guarded(0);
  for (std::thread& thread : threads) thread.join();
  exception.rethrow();
}

class Walk {
 public:
  Walk(const WalkPlan& plan, const WalkOptions& options, const MakeVisitor& make_visitor)
      : plan_(plan), options_(options) {
    for (unsigned i = 0; i < std::max(1U, options_.jobs); ++i) {
      visitors_.push_back(make_visitor(i));
      walkers_.push_back(std::make_unique<PackWalker>(plan.store(), options_, *visitors_.back()));
    }
  }

  Status run() {
    if (plan_.shard().is_first()) {
      for (const Error& error : plan_.store().problems()) visitors_[0]->problem(nullptr, error);
    }
    for (std::size_t i = 0; i < plan_.forests().size() && !is_interrupted(); ++i) walk_pack(i);
    if (!is_interrupted()) walk_loose();
    if (is_interrupted()) return fail(ErrorKind::interrupted, "interrupted");
    return {};
  }

 private:
  bool is_interrupted() const { return options_.interrupted && options_.interrupted(); }

  unsigned threads_for(std::size_t objects) const {
    const std::size_t useful = objects / least_per_thread + 1;
    return static_cast<unsigned>(std::min(walkers_.size(), useful));
  }

  void walk_pack(std::size_t number) {
    const Forest& forest = plan_.forests()[number];
    const unsigned threads = threads_for(forest.count());
    PackWalk pack(number, forest, threads);
    on_threads(
        threads, [&](unsigned i) { walkers_[i]->walk_pack(pack); }, [&] { pack.queue.stop(); });
  }

  void walk_loose() {
    const std::vector<LooseObject>& loose = plan_.loose();
    const unsigned threads = threads_for(loose.size());
    TaskQueue<int> queue(loose.size(), threads);
    const auto work = [&](unsigned i) {
      for (auto [at, end] = queue.next_run(); at != end; std::tie(at, end) = queue.next_run()) {
        for (; at != end && !is_interrupted(); ++at) walkers_[i]->visit_loose(loose[at]);
        if (is_interrupted()) return;
      }
    };
    on_threads(threads, work, [&] { queue.stop(); });
  }

  const WalkPlan& plan_;
  const WalkOptions& options_;
  std::vector<std::unique_ptr<WalkVisitor>> visitors_;
  std::vector<std::unique_ptr<PackWalker>> walkers_;
};

}  // namespace

Status walk(const WalkPlan& plan, const WalkOptions& options, const MakeVisitor& make_visitor) {
  return Walk(plan, options, make_visitor).run();
}

}  // namespace sluice::pack
