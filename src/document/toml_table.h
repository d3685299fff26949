#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "document/node.h"

namespace sluice::document {

/// A TOML value while its document is read: tables may be continued by headers further down.
struct TomlValue {
  enum class Made {
    implied,   ///< a table that a deeper header or key implies: may get a header of its own
    header,    ///< `[table]`
    dotted,    ///< `a.b = 1`: only keys of the same table may add to it
    tables,    ///< `[[table]]`, a list
    complete,  ///< a value, an inline table, a list in `[ ]`: nothing may be added
  };
  struct Member {
    Node key;
    std::unique_ptr<TomlValue> value;
  };

  Node node;  ///< without children while the value is read
  Made made = Made::complete;
  std::vector<Member> members;  ///< of a table, in order of first appearance
  std::unordered_map<std::string, TomlValue*> by_key;
  std::vector<std::unique_ptr<TomlValue>> items;  ///< of a list

  TomlValue* find(const std::string& key) const;
  TomlValue& add_member(Node key, Made made_as);

  /// The finished tree; this is empty afterwards. Recursion is as deep as the value, which the
  /// reader bounds.
  Node take();
};

}  // namespace sluice::document
