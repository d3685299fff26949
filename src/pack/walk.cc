#include "pack/walk.h"

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "pack/pack_walker.h"

namespace sluice::pack {
namespace {

// Fewer objects than this are done sooner than a thread is started.
constexpr std::size_t least_per_thread = 64;

// Calls work(i) for 0 to `threads` - 1 on as many threads, or on fewer where no more are to be had. When one throws, the
// others end, too.
template <class Task, class Work>
void share(TaskQueue<Task>& queue, unsigned threads, const Work& work) {
  const auto guarded = [&](std::size_t number) {
    try {
      queue.join();
      work(number);
    } catch (...) {
      queue.stop();
      throw;
    }
  };
  base::for_each_in_parallel(threads, guarded, threads);
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
    share(pack.queue, threads, [&](std::size_t i) { walkers_[i]->walk_pack(pack); });
  }

  void walk_loose() {
    const std::vector<LooseObject>& loose = plan_.loose();
    const unsigned threads = threads_for(loose.size());
    TaskQueue<int> queue(loose.size(), threads);
    share(queue, threads, [&](std::size_t i) {
      for (auto [at, end] = queue.next_run(); at != end; std::tie(at, end) = queue.next_run()) {
        for (; at != end && !is_interrupted(); ++at) walkers_[i]->visit_loose(loose[at]);
        if (is_interrupted()) return;
      }
    });
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
