#pragma once

#include "document/scalar.h"

namespace sluice::document {

/// key_identity(a) == key_identity(b), without making either where both are texts.
inline bool is_same_key(const Node& a, const Node& b) {
  const auto is_text = [](const Node& node) {
    return node.kind == Kind::scalar && node.type == ScalarType::string;
  };
  if (is_text(a) && is_text(b)) return a.text == b.text;
  return key_identity(a) == key_identity(b);
}

}  // namespace sluice::document
