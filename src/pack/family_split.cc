#include "pack/family_split.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

#include "pack/entry.h"

namespace sluice::pack {
namespace {

// What an object costs besides its bytes: a header, a checksum, a call to the visitor.
constexpr std::uint64_t cost_of_object = 256;
// An object made by a delta is about as long as the root. Copying it costs this part of what
// scanning it would; what the delta inserts is scanned, too, with what lies around it.
constexpr std::uint64_t copy_part = 8;
constexpr std::uint64_t delta_weight = 4;
// More than any pack holds, and no sum of them overflows.
constexpr std::uint64_t largest_size = std::uint64_t{1} << 40;

struct Family {
  std::uint64_t cost = 0;
  std::uint32_t root = 0;
};

std::uint64_t size_of(const Forest& forest, std::uint32_t entry) {
  const auto header =
      parse_entry(forest.bytes(entry), forest.offset(entry), forest.pack().index().algorithm());
  return header ? std::min(header->size, largest_size) : 0;
}

// An estimate from headers alone: nothing is inflated to learn it.
std::uint64_t cost_of(const Forest& forest, std::uint32_t root,
                      std::vector<std::uint32_t>& pending) {
  const std::uint64_t root_size = size_of(forest, root);
  std::uint64_t cost = root_size + cost_of_object;
  const auto push_children = [&](std::uint32_t entry) {
    const auto children = forest.children(entry);
    pending.insert(pending.end(), children.begin(), children.end());
  };
  push_children(root);
  while (!pending.empty()) {
    const std::uint32_t entry = pending.back();
    pending.pop_back();
    cost += size_of(forest, entry) * delta_weight + root_size / copy_part + cost_of_object;
    push_children(entry);
  }
  return cost;
}

std::vector<Family> families_of(const Forest& forest, const std::vector<std::uint32_t>& roots) {
  std::vector<Family> families;
  families.reserve(roots.size());
  std::vector<std::uint32_t> pending;
  for (const std::uint32_t root : roots) families.push_back({cost_of(forest, root, pending), root});
  return families;
}

}  // namespace

// What nobody can make counts as a blob, so that one shard says so.
bool FamilySplit::is_blob_elsewhere(std::size_t number, const ObjectId& id) {
  const auto other = reader_.read_elsewhere(id, number);
  return !other || other->kind == ObjectKind::blob;
}

// A walk makes a delta against nothing in its pack from the base wherever that is, and a damaged root from another copy.
bool FamilySplit::is_of_blobs(std::size_t number, const Forest& forest, std::uint32_t root) {
  const HashAlgorithm algorithm = forest.pack().index().algorithm();
  const auto header = parse_entry(forest.bytes(root), forest.offset(root), algorithm);
  if (header && !header->is_delta()) return header->kind() == ObjectKind::blob;
  if (header && header->type == EntryType::name_delta) {
    if (const auto base = reader_.read(ObjectId::from_raw(algorithm, header->base_name.data())))
      return base->kind == ObjectKind::blob;
  }
  return is_blob_elsewhere(number, forest.id(root));
}

// The costliest family first, always to the shard with the least so far. Then the greatest load is
// at most 4/3 of the best possible one (Graham 1969), and as most families are small against a
// shard's share, they level what the great ones leave uneven. A split by a hash of the root's name
// would be even in number only: in real packs a few families hold much of the bytes.
void FamilySplit::deal(std::size_t number, Forest& forest) {
  std::vector<std::uint32_t> roots = forest.roots();
  const auto shared = std::stable_partition(
      roots.begin(), roots.end(), [&](std::uint32_t root) { return is_of_blobs(number, forest, root); });
  std::vector<std::uint32_t> mine(shared, roots.end());
  roots.erase(shared, roots.end());
  std::vector<Family> families = families_of(forest, roots);
  std::sort(families.begin(), families.end(), [](const Family& a, const Family& b) {
    return a.cost != b.cost ? a.cost > b.cost : a.root < b.root;
  });
  using Load = std::pair<std::uint64_t, std::uint32_t>;  // and whose; equal ones by number
  std::priority_queue<Load, std::vector<Load>, std::greater<>> least;
  for (std::uint32_t i = 0; i < shard_.count; ++i) least.emplace(loads_[i], i);
  for (const Family& family : families) {
    const auto [load, taker] = least.top();
    least.pop();
    loads_[taker] = load + family.cost;
    least.emplace(loads_[taker], taker);
    if (taker == shard_.number - 1) mine.push_back(family.root);
  }
  std::vector<std::uint32_t> unreachable = forest.unreachable();
  std::erase_if(unreachable, [&](std::uint32_t entry) {
    const ObjectId id = forest.id(entry);
    return !shard_.holds(id) && is_blob_elsewhere(number, id);
  });
  forest.restrict_to(std::move(mine), std::move(unreachable));
}

}  // namespace sluice::pack
