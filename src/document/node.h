#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "document/lines.h"
#include "document/scalar_type.h"
#include "document/seldom.h"

namespace sluice::document {

enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

struct Entry;

/// One value of a document. A tree: an alias is an expanded copy (within Limits::nodes) whose
/// `mark` and `end` are the alias site, while what lies below keeps the positions where it was
/// written. Merge keys (`<<`) are kept as entries; merge_key.h applies them.
struct Node {
  Kind kind = Kind::null;
  ScalarType type = ScalarType::null;  ///< of a scalar or null: what its format's reader makes of it
  bool quoted = false;  ///< quoted or block scalar: in YAML always a string unless tagged
  bool is_alias = false;
  bool keys_are_distinct = false;  ///< of a mapping: its reader knows that has_distinct_keys() (merge_key.h)
  Mark mark;          ///< where the value starts; for an empty value, right behind its `:`
  Mark end;           ///< just behind the value; for a block collection, behind its last value
  std::string text;   ///< a scalar's content after unescaping, a null as written; empty otherwise
  SeldomText tag;     ///< explicit tag as written, e.g. `!!float`
  SeldomList<Entry> entries;  ///< of a mapping, in order, duplicates kept
  SeldomList<Node> items;     ///< of a sequence

  /// The value of the first entry whose key is `key`, or null. Merge keys are not looked into.
  const Node* find(std::string_view key) const;
};

struct Entry {
  Entry() = default;
  Entry(Node&& its_key, Node&& its_value) : key(std::move(its_key)), value(std::move(its_value)) {}

  Node key;
  Node value;
};

inline const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key.text == key) return &entry.value;
  }
  return nullptr;
}

/// What a document was written in.
enum class Format { yaml, json, toml, ini, dotenv };

/// A file read into nodes. `lines` gives the source text of each line (index 0 is line 1), without
/// line ends, for messages.
struct Document {
  std::string path;
  Format format = Format::yaml;
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

/// Which resolution rules give a plain YAML scalar its type (scalar.h).
enum class YamlSchema {
  yaml_1_1,  ///< as PyYAML does
  yaml_1_2,  ///< the core schema
};

/// Choices that a format leaves to its reader.
struct Dialect {
  YamlSchema yaml = YamlSchema::yaml_1_1;
  /// Accepts `//` and `/* */` comments and a comma before the end in JSON, as .NET and editors do.
  bool json_comments = false;
};

/// Reads YAML in UTF-8, or in UTF-16 with a byte order mark. All documents of the file must be
/// well-formed. As in PyYAML, an anchor that is defined twice is an error, and so is an alias inside
/// of the value it names. `path` names the input in errors and in the result. Errors: invalid_input
/// (`path:line:column`), limit_exceeded.
Result<Document> parse_yaml(std::string_view text, std::string path, const Limits& limits = {},
                            YamlSchema schema = YamlSchema::yaml_1_1);

/// Reads JSON (RFC 8259) into the same tree; duplicate keys are kept. Errors as above.
Result<Document> parse_json(std::string_view text, std::string path, const Limits& limits = {},
                            bool with_comments = false);

/// Reads TOML 1.0 into the same tree. A key that is defined twice is an error, as the specification
/// demands. A table that only a deeper one implies is at that one's header. Errors as above.
Result<Document> parse_toml(std::string_view text, std::string path, const Limits& limits = {});

/// Reads an INI file as Python's configparser does by default: sections are mappings at the top, keys
/// are in lower case, every value is a string, an indented line continues the value above it, `#`
/// and `;` begin comments only at the start of a line. Interpolation is left alone; a section or key
/// that comes twice is kept. Errors as above.
Result<Document> parse_ini(std::string_view text, std::string path, const Limits& limits = {});

/// Reads a `.env` file into one mapping of strings, as docker compose reads it, without expanding
/// `$`: `export` is dropped, ` #` begins a comment behind an unquoted value, quoted values may go
/// over lines, a bare key has the value null. Nothing is executed. A key that comes twice is kept.
/// Errors as above.
Result<Document> parse_dotenv(std::string_view text, std::string path, const Limits& limits = {});

/// The format that the name of `path` says: by its extension, or `.env` and its like.
std::optional<Format> format_of(std::string_view path);

/// Reads `text` as `format`. Errors as above.
Result<Document> parse(Format format, std::string_view text, std::string path,
                       const Limits& limits = {}, const Dialect& dialect = {});

}  // namespace sluice::document
