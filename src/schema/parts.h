#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "document/node.h"

namespace re2 {
class RE2;
}

namespace sluice::schema {

/// A schema document and what its references and patterns lead to.
struct References {
  /// By a reference as written.
  std::map<std::string, const document::Node*, std::less<>> targets;
  std::map<std::string, std::unique_ptr<re2::RE2>, std::less<>> patterns;
  /// Up to draft 7 nothing counts beside a `$ref`.
  bool ref_stands_alone = false;

  References();
  ~References();
};

/// Checks every schema in `document` and fills `references`. Errors: as Schema::read.
Status read_references(const document::Document& document, References& references);

}  // namespace sluice::schema
