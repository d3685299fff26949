#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sluice::document {

/// A position: line and column start at 1, columns count Unicode code points.
struct Mark {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

enum class Kind { null, scalar, sequence, mapping };

struct Entry;

/// One value of a document. A tree: aliases are expanded copies (within Limits::nodes), whose `mark`
/// is the alias site. Merge keys (`<<`) are kept as entries.
struct Node {
  Kind kind = Kind::null;
  Mark mark;              ///< where the value starts; for an empty value, right behind its `:`
  std::string text;       ///< a scalar's content after unescaping; empty otherwise
  bool quoted = false;    ///< quoted or block scalar: always a string
  std::string tag;        ///< explicit tag as written, e.g. `!!float`; usually empty
  std::string anchor;     ///< for an alias: the anchor's name
  bool is_alias = false;
  std::vector<Entry> entries;  ///< of a mapping, in order, duplicates kept
  std::vector<Node> items;     ///< of a sequence

  /// The value of the first entry whose key is `key`, or null.
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
  Node root;
  std::size_t documents = 1;  ///< how many YAML documents the file held; `root` is the first
  std::vector<std::string> lines;
};

/// Bounds for hostile input; what bites is an error that names the limit.
struct Limits {
  std::size_t bytes = 16u << 20;
  std::size_t depth = 128;
  std::size_t nodes = 1'000'000;  ///< after expansion of aliases
};

/// Reads YAML (1.1 and 1.2 alike: scalars keep their text, see scalar.h) in UTF-8 or UTF-16.
/// `path` names the input in errors and in the result.
/// Errors: invalid_input (`path:line:column`), limit_exceeded.
Result<Document> parse_yaml(std::string_view text, std::string path, const Limits& limits = {});

/// Reads JSON (RFC 8259) into the same tree; duplicate keys are kept. Errors as above.
Result<Document> parse_json(std::string_view text, std::string path, const Limits& limits = {});

}  // namespace sluice::document
