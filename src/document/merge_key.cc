#include "document/merge_key.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "document/same_key.h"

namespace sluice::document {
namespace {

// Keeps the last entry of each key, at the place of the first.
class Collector {
 public:
  void put(const EffectiveEntry& entry) {
    const auto [at, is_new] = places_.try_emplace(key_identity(*entry.key), entries_.size());
    if (is_new) {
      entries_.push_back(entry);
    } else {
      entries_[at->second] = entry;
    }
  }
  std::vector<EffectiveEntry> take() { return std::move(entries_); }

 private:
  std::vector<EffectiveEntry> entries_;
  std::unordered_map<std::string, std::size_t> places_;
};

// Recursion is bounded by the document's depth.
void put_merged(const Node& source, Collector& into) {
  if (source.kind == Kind::sequence) {
    // The first of the list wins, so it is put last.
    for (std::size_t at = source.items.size(); at-- > 0;) {
      if (source.items[at].kind == Kind::mapping) put_merged(source.items[at], into);
    }
    return;
  }
  if (source.kind != Kind::mapping) return;
  for (EffectiveEntry entry : effective_entries(source)) {
    entry.via = &source;
    into.put(entry);
  }
}

// Mostly another number below 256 for another text. Keys beside each other mostly differ at their ends.
std::size_t place_of(std::string_view text) {
  std::uint64_t letters = text.size();
  const std::size_t count = std::min(text.size(), sizeof letters);
  std::memcpy(&letters, text.data() + text.size() - count, count);
  return static_cast<std::size_t>(letters * 0x9e3779b97f4a7c15u >> 56);
}

}  // namespace

bool is_merge_key(const Node& key) {
  if (key.kind != Kind::scalar || key.text != "<<") return false;
  return key.tag == "!!merge" || (key.tag.empty() && !key.quoted);
}

bool is_mergeable(const Node& value) {
  if (value.kind == Kind::mapping) return true;
  const auto is_mapping = [](const Node& item) { return item.kind == Kind::mapping; };
  return value.kind == Kind::sequence &&
         std::all_of(value.items.begin(), value.items.end(), is_mapping);
}

bool has_distinct_keys(const Node& mapping) {
  constexpr std::size_t most = 128;
  static_assert(2 * most == 256);
  std::array<const Node*, 2 * most> places{};  // by place_of, with the next free place after a collision
  if (mapping.keys_are_distinct) return true;
  if (mapping.entries.size() > most) return false;
  for (const Entry& entry : mapping.entries) {
    const Node& key = entry.key;
    if (key.kind != Kind::scalar || key.type != ScalarType::string || key.text == "<<") return false;
    std::size_t at = place_of(key.text);
    for (; places[at] != nullptr; at = (at + 1) % places.size()) {
      if (places[at]->text == key.text) return false;
    }
    places[at] = &key;
  }
  return true;
}

std::vector<EffectiveEntry> effective_entries(const Node& mapping) {
  if (has_distinct_keys(mapping)) {
    std::vector<EffectiveEntry> entries;
    entries.reserve(mapping.entries.size());
    for (const Entry& entry : mapping.entries) entries.push_back({&entry.key, &entry.value, nullptr});
    return entries;
  }
  Collector collector;
  for (const Entry& entry : mapping.entries) {
    if (is_merge_key(entry.key)) put_merged(entry.value, collector);
  }
  for (const Entry& entry : mapping.entries) {
    if (!is_merge_key(entry.key)) collector.put({&entry.key, &entry.value, nullptr});
  }
  return collector.take();
}

}  // namespace sluice::document
