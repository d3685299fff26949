#include "document/merge_key.h"

#include <algorithm>
#include <string>
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
    for (auto item = source.items.rbegin(); item != source.items.rend(); ++item) {
      if (item->kind == Kind::mapping) put_merged(*item, into);
    }
    return;
  }
  if (source.kind != Kind::mapping) return;
  for (EffectiveEntry entry : effective_entries(source)) {
    entry.via = &source;
    into.put(entry);
  }
}

// The entries of a small mapping as they stand, if none is a merge key or comes twice: nearly always, and
// several times faster than with a table.
std::vector<EffectiveEntry> plain_entries(const Node& mapping) {
  constexpr std::size_t few = 24;
  std::vector<EffectiveEntry> entries;
  if (mapping.entries.size() > few) return entries;
  entries.reserve(mapping.entries.size());
  for (const Entry& entry : mapping.entries) {
    if (is_merge_key(entry.key)) return {};
    for (const EffectiveEntry& before : entries) {
      if (is_same_key(*before.key, entry.key)) return {};
    }
    entries.push_back({&entry.key, &entry.value, nullptr});
  }
  return entries;
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

std::vector<EffectiveEntry> effective_entries(const Node& mapping) {
  if (auto entries = plain_entries(mapping); !entries.empty()) return entries;
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
