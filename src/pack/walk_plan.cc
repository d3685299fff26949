#include "pack/walk_plan.h"

#include <algorithm>

#include "pack/family_split.h"
#include "pack/inflate.h"
#include "pack/loose.h"

namespace sluice::pack {
namespace {

// For each pack, by position in its index, whether the object also is in an earlier pack (or earlier
// in the same), so that a walk can pass it over.
std::vector<std::vector<bool>> find_repeated(const ObjectStore& store) {
  struct Name {
    std::string_view raw;
    PackedObject at;
  };
  std::vector<std::vector<bool>> repeated;
  for (const PackFile& pack : store.packs()) repeated.emplace_back(pack.index().count(), false);
  std::vector<Name> names;
  for (unsigned byte = 0; byte < 256; ++byte) {  // so that one 256th is in memory at a time
    names.clear();
    for (std::uint32_t number = 0; number < store.packs().size(); ++number) {
      const PackIndex& index = store.packs()[number].index();
      const std::uint32_t end = index.first_position(byte + 1);
      for (std::uint32_t at = index.first_position(byte); at < end; ++at)
        names.push_back({index.name(at), {number, at}});
    }
    if (store.packs().size() > 1)
      std::stable_sort(names.begin(), names.end(),
                       [](const Name& a, const Name& b) { return a.raw < b.raw; });
    for (std::size_t i = 1; i < names.size(); ++i) {
      if (names[i].raw == names[i - 1].raw) repeated[names[i].at.pack][names[i].at.position] = true;
    }
  }
  return repeated;
}

// The shard's; what cannot be read is told by the shard that its name belongs to.
std::vector<LooseObject> find_only_loose(const ObjectStore& store, const Shard& shard) {
  Inflater inflater;
  const auto is_every_shards = [&](const LooseObject& object) {
    const auto kind = loose_kind(store.directories()[object.directory], object.id, inflater);
    return kind && kind != ObjectKind::blob;
  };
  std::vector<LooseObject> loose;
  for (const LooseObject& object : store.loose()) {
    if (!loose.empty() && loose.back().id == object.id) continue;
    if (store.find_packed(object.id)) continue;
    if (shard.holds(object.id) || is_every_shards(object)) loose.push_back(object);
  }
  return loose;
}

}  // namespace

WalkPlan::WalkPlan(const ObjectStore& store, Shard shard, unsigned jobs)
    : store_(store), shard_(shard), repeated_(find_repeated(store)), loose_(find_only_loose(store, shard)) {
  FamilySplit split(store, shard);
  for (std::size_t pack = 0; pack < store.packs().size(); ++pack) {
    Forest& forest = forests_.emplace_back(store.packs()[pack], repeated_[pack], jobs);
    if (!shard_.is_whole()) split.deal(pack, forest);
  }
}

std::size_t WalkPlan::object_count() const {
  std::size_t count = loose_.size();
  for (const Forest& forest : forests_) {
    for (const std::uint32_t root : forest.roots()) count += forest.weight(root);
    count += forest.unreachable().size();
  }
  return count;
}

}  // namespace sluice::pack
