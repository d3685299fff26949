#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pack/object_store.h"
#include "pack/walk.h"

namespace sluice::source {

/// Numbers the objects of a store from 0, so that much can be noted of each in little room. Copies of one
/// object have one number; not every number is one's.
class ObjectNumbers {
 public:
  /// `store` must outlive this.
  explicit ObjectNumbers(const pack::ObjectStore& store) : store_(store) {
    std::uint32_t next = 0;
    for (const pack::PackFile& pack : store.packs()) {
      first_.push_back(next);
      next += pack.index().count();
    }
    first_.push_back(next);
  }

  /// Numbers are less than this.
  std::size_t limit() const { return first_.back() + store_.loose().size(); }

  /// The number of `id`; nothing when the store does not name it.
  std::optional<std::uint32_t> of(const pack::ObjectId& id) const {
    if (const auto packed = store_.find_packed(id)) return first_[packed->pack] + packed->position;
    const auto loose = store_.find_loose(id);
    if (loose.empty()) return std::nullopt;
    return first_.back() + static_cast<std::uint32_t>(loose.data() - store_.loose().data());
  }

  /// The number of what a walk of the store visits, which mostly need not be looked up.
  std::optional<std::uint32_t> of(const pack::WalkedObject& object) const {
    if (!object.at || is_named_twice(*object.at)) return of(object.id);
    return first_[object.at->pack] + object.at->position;
  }

  /// The object that has `number`.
  pack::ObjectId id(std::uint32_t number) const {
    if (number >= first_.back()) return store_.loose()[number - first_.back()].id;
    const auto pack = std::upper_bound(first_.begin(), first_.end(), number) - first_.begin() - 1;
    return store_.packs()[static_cast<std::size_t>(pack)].index().id(
        number - first_[static_cast<std::size_t>(pack)]);
  }

 private:
  // A pack may hold an object twice; then a look-up decides which of the two counts.
  bool is_named_twice(const pack::PackedObject& at) const {
    const pack::PackIndex& index = store_.packs()[at.pack].index();
    const std::string_view name = index.name(at.position);
    return (at.position > 0 && index.name(at.position - 1) == name) ||
           (at.position + 1 < index.count() && index.name(at.position + 1) == name);
  }

  const pack::ObjectStore& store_;
  std::vector<std::uint32_t> first_;  // of each pack; last, that of the loose objects
};

}  // namespace sluice::source
