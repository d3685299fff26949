#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "document/node.h"

namespace sluice::config {

/// The way from a document's root to a value, as a walk goes along it. Borrows the keys.
class KeyPath {
 public:
  void push(const document::Node& key) { steps_.push_back({&key, 0}); }
  void push_item(std::size_t index) { steps_.push_back({nullptr, index}); }
  void pop() {
    steps_.pop_back();
    if (identities_.size() > steps_.size()) identities_.pop_back();
  }

  bool empty() const { return steps_.empty(); }
  std::size_t depth() const { return steps_.size(); }

  /// The key of the last step; null when that is an item of a list, or there is none.
  const document::Node* last_key() const { return steps_.empty() ? nullptr : steps_.back().key; }

  /// The index of the last step, which is an item of a list; 0 otherwise.
  std::size_t last_item() const { return steps_.empty() ? 0 : steps_.back().index; }

  /// True when the way leads through a list.
  bool has_item() const;

  /// For a person: `model.layers[2].name`; long keys and long ways are shortened.
  std::string dotted() const;
  /// With `/` between the first `count` keys, for globs; a key's own `/` becomes `.`.
  std::string as_glob_path(std::size_t count) const;
  /// 64 hexadecimal digits that stand for this way, whatever its length. Each step is hashed once.
  std::string identity() const;
  /// True when a key on the way looks like a secret's (mask.h).
  bool is_secret() const;

 private:
  struct Step {
    const document::Node* key = nullptr;  // null for an item of a list
    std::size_t index = 0;
  };
  std::vector<Step> steps_;
  mutable std::vector<std::string> identities_;  // of the first steps, as far as asked for
};

}  // namespace sluice::config
