#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "source/tree_index.h"

namespace sluice::source {
namespace {

using Targets = std::vector<std::uint32_t>;

// Folders that share everything with each other have more holders than anyone can list.
constexpr std::size_t most_copies = 200'000'000;

}  // namespace

// Which targets a tree holds, at any depth; each tree is looked at once.
class TreeIndex::Holder {
 public:
  explicit Holder(const TreeIndex& index) : index_(index) {}

  Result<Targets> held_by(std::uint32_t root) {
    if (const auto known = known_.find(root); known != known_.end()) return known->second;
    open(root);
    while (!open_.empty()) SLUICE_TRY(step());
    return known_.at(root);
  }

 private:
  struct Frame {
    std::uint32_t tree;
    std::uint32_t next;  // of its leads
    Targets held;
  };

  // A damaged tree that leads to itself holds nothing there.
  void open(std::uint32_t tree) {
    known_.emplace(tree, Targets());
    open_.push_back({tree, 0, {}});
  }

  // One lead of the innermost tree, or its end.
  Status step() {
    Frame& frame = open_.back();
    const Place place = index_.places_[frame.tree];
    if (frame.next == place.count) {
      finish();
      return {};
    }
    const Lead lead = index_.readers_[place.reader]->leads_[place.begin + frame.next];
    if ((lead.object & target_bit) != 0) {
      frame.held.push_back(lead.object & ~target_bit);
      ++frame.next;
      return {};
    }
    const auto known = known_.find(lead.object);
    if (known == known_.end()) {
      open(lead.object);
      return {};
    }
    ++frame.next;
    copies_ += known->second.size();
    if (copies_ > most_copies)
      return fail(ErrorKind::limit_exceeded, "too many folders hold the blobs that are looked for");
    frame.held.insert(frame.held.end(), known->second.begin(), known->second.end());
    return {};
  }

  void finish() {
    Frame& frame = open_.back();
    std::sort(frame.held.begin(), frame.held.end());
    frame.held.erase(std::unique(frame.held.begin(), frame.held.end()), frame.held.end());
    known_[frame.tree] = std::move(frame.held);
    open_.pop_back();
  }

  const TreeIndex& index_;
  std::unordered_map<std::uint32_t, Targets> known_;
  std::vector<Frame> open_;
  std::size_t copies_ = 0;
};

Result<std::vector<std::vector<git::Oid>>> TreeIndex::held(const std::vector<git::Oid>& trees) const {
  Holder holder(*this);
  std::vector<std::vector<git::Oid>> all;
  for (const git::Oid& tree : trees) {
    std::vector<git::Oid>& held = all.emplace_back();
    const auto number = numbers_.of(tree);
    if (!number) continue;  // absent: the check of references says so
    SLUICE_TRY_ASSIGN(const Targets targets, holder.held_by(*number));
    for (const std::uint32_t target : targets) held.push_back(targets_[target]);
  }
  return all;
}

}  // namespace sluice::source
