#include "config/pairing.h"

namespace sluice::config {

Pairing::Pairing(const document::Node& mapping, const document::Node& other) {
  for_each_match(mapping, other, [&](const Match& match) {
    pairs_.push_back({match.path.depth(), match.entry,
                      match.other == nullptr ? document::EffectiveEntry{} : *match.other,
                      &match.mapping, &match.other_mapping});
  });
}

void Pairing::for_each(const std::function<void(const Match&)>& visit) const {
  KeyPath path;
  for (const Pair& pair : pairs_) {
    while (path.depth() >= pair.depth) path.pop();
    path.push(*pair.entry.key);
    visit({path, pair.entry, pair.other.key == nullptr ? nullptr : &pair.other, *pair.mapping,
           *pair.other_mapping});
  }
}

}  // namespace sluice::config
