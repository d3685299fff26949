#include "config/pairing.h"

namespace sluice::config {
namespace {

// Of the keys at the top and right below them, which are most of what a file has.
std::size_t count_upper_keys(const document::Node& mapping) {
  std::size_t count = mapping.entries.size();
  for (const document::Entry& entry : mapping.entries) count += entry.value.entries.size();
  return count;
}

}  // namespace

Pairing::Pairing(const document::Node& over, const document::Node& base, const MergeRules& rules) {
  pairs_.reserve(count_upper_keys(over));
  for_each_match(over, base, rules, [&](const Match& match) {
    if (mappings_.empty() || mappings_.back().mapping != &match.mapping || mappings_.back().other != &match.other_mapping)
      mappings_.push_back({&match.mapping, &match.other_mapping});
    pairs_.push_back({match.entry, match.other == nullptr ? document::EffectiveEntry{} : *match.other,
                      static_cast<std::uint32_t>(match.path.depth()),
                      static_cast<std::uint32_t>(mappings_.size() - 1),
                      static_cast<std::uint32_t>(match.path.last_item()), match.names_item});
  });
}

}  // namespace sluice::config
