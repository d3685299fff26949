#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "document/node.h"

namespace sluice::document {

/// A value as a reader meets it, before its children. `anchor` is the name it defines.
struct Token {
  Kind kind = Kind::null;
  ScalarType type = ScalarType::null;
  bool quoted = false;
  Mark mark;
  Mark end;
  std::string text;
  SeldomText tag;
  SeldomText anchor;
};

/// Collects what a reader meets, in the order of the text, and makes the tree of it. All limits are
/// enforced here, before any alias is expanded: memory stays within the limits whatever the input.
/// Every error names `path:line:column`.
class Outline {
 public:
  Outline(std::string path, const Limits& limits) : path_(std::move(path)), limits_(limits) {
    limits_.nodes = std::min<std::size_t>(limits.nodes, std::numeric_limits<std::uint32_t>::max() / 2);
  }

  /// Makes room for what a text of `bytes` usually holds.
  void expect(std::size_t bytes) { raw_.reserve(std::min(bytes / 8, limits_.nodes)); }

  /// A scalar or null. Errors: limit_exceeded; invalid_input (anchor defined twice).
  Status add_scalar(Token&& token);
  /// The start of a sequence or mapping; its children follow (of a mapping: key, value, key, ...).
  /// Errors: as above.
  Status open(Token&& token);
  /// The end of the innermost open collection. `end` is used if it is exact; a block collection
  /// ends where its last child does.
  void close(Mark end, bool exact);
  /// A copy of what `anchor` names. Errors: invalid_input (unknown anchor, or the alias lies inside
  /// of the value it names), limit_exceeded.
  Status add_alias(std::string anchor, Mark mark, Mark end);
  /// Starts a new document: anchors are forgotten. Values so far stay.
  void forget_anchors() { anchors_.clear(); }

  bool empty() const { return raw_.empty(); }
  /// The first value as a tree. Everything opened must be closed; nothing may be added afterwards.
  Node build();

  tl::unexpected<Error> error(ErrorKind kind, std::string what, Mark mark,
                              std::string remedy = {}) const;

 private:
  struct Shape {
    std::uint32_t target = 0;  ///< of an alias: the index of what it names, plus 1
    std::uint32_t next = 0;    ///< the index behind the last child; 0 while open
    std::uint32_t weight = 1;  ///< nodes after expansion, itself included
    std::uint32_t height = 0;  ///< levels of collections, itself included
  };
  struct Raw {
    Token token;
    Shape shape;
  };

  std::uint32_t count() const { return static_cast<std::uint32_t>(raw_.size()); }  // within Limits::nodes
  Status add(Token&& token, const Shape& shape);
  Status check_size(const Shape& shape, Mark mark) const;
  Status note_anchor(const Token& token);
  std::size_t count_children(std::size_t at) const;
  void take(std::size_t& at, Node& into);
  void take_children(std::size_t& at, std::size_t end, Node& into);
  void take_alias(const Raw& alias, Node& into);

  std::string path_;
  Limits limits_;
  std::vector<Raw> raw_;
  std::vector<std::size_t> open_;
  std::unordered_map<std::string, std::uint32_t> anchors_;
  std::uint32_t total_ = 0;
  bool has_aliases_ = false;  // then a value may be taken more than once
  Mark last_end_;  // of the value that ended last
};

}  // namespace sluice::document
