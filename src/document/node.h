#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/lines.h"

namespace sluice::document {

enum class Kind { null, scalar, sequence, mapping };

struct Entry;

/// One value of a document. A tree: an alias is an expanded copy (within Limits::nodes) whose
/// `mark` and `end` are the alias site, while what lies below keeps the positions where it was
/// written. Merge keys (`<<`) are kept as entries; merge_key.h applies them.
struct Node {
  Kind kind = Kind::null;
  Mark mark;            ///< where the value starts; for an empty value, right behind its `:`
  Mark end;             ///< just behind the value; for a block collection, behind its last value
  std::string text;     ///< a scalar's content after unescaping, a null as written; empty otherwise
  bool quoted = false;  ///< quoted or block scalar: always a string unless tagged
  std::string tag;  ///< explicit tag as written, e.g. `!!float`; usually empty. In JSON, a number
                    ///< has `!!int` or `!!float`, because YAML 1.1 would read `1e-5` as a string
  std::string anchor;  ///< for an alias: the anchor's name
  bool is_alias = false;
  std::vector<Entry> entries;  ///< of a mapping, in order, duplicates kept
  std::vector<Node> items;     ///< of a sequence

  /// The value of the first entry whose key is `key`, or null. Merge keys are not looked into.
  const Node* find(std::string_view key) const;
};

struct Entry {
  Node key;
  Node value;
};

inline const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key.text == key) return &entry.value;
  }
  return nullptr;
}

/// A file read into nodes. `lines` gives the source text of each line (index 0 is line 1), without
/// line ends, for messages.
struct Document {
  std::string path;
  Node root;                  ///< null at line 1 for an empty file
  std::size_t documents = 1;  ///< how many YAML documents the file held (0 when it is empty or
                              ///< holds comments only); `root` is the first
  Mark second_document;  ///< where the second one starts, if there is one
  Lines lines;
};

/// Bounds for hostile input; what bites is an error that names the limit.
struct Limits {
  std::size_t bytes = 16u << 20;
  std::size_t depth = 128;
  std::size_t nodes = 1'000'000;  ///< after expansion of aliases
};

/// Reads YAML (1.1 and 1.2 alike: scalars keep their text, see scalar.h) in UTF-8, or in UTF-16
/// with a byte order mark. All documents of the file must be well-formed. As in PyYAML, an anchor
/// that is defined twice is an error, and so is an alias inside of the value it names. `path` names
/// the input in errors and in the result. Errors: invalid_input (`path:line:column`),
/// limit_exceeded.
Result<Document> parse_yaml(std::string_view text, std::string path, const Limits& limits = {});

/// Reads JSON (RFC 8259) into the same tree; duplicate keys are kept. Errors as above.
Result<Document> parse_json(std::string_view text, std::string path, const Limits& limits = {});

}  // namespace sluice::document
