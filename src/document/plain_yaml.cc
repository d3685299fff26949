#include "document/plain_yaml.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "document/merge_key.h"
#include "document/scalar.h"

namespace sluice::document {
namespace {

constexpr std::size_t longest_key = 128;  // libyaml takes up to 1024 bytes

constexpr bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr bool is_key_char(char c) { return is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '/'; }

// Looks at all of the text, so that the compiler may look at many bytes at once.
bool is_printable(std::string_view text) {
  constexpr std::size_t step = 64;
  unsigned char others = 0;
  const auto look = [&](const char* at, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) others |= static_cast<unsigned char>((at[i] < ' ' && at[i] != '\n') || at[i] > '~');
  };
  std::size_t at = 0;
  for (; at + step <= text.size(); at += step) look(text.data() + at, step);
  look(text.data() + at, text.size() - at);
  return others == 0;
}

// Characters that begin a plain value and mean nothing else. `-` does so before a number or word.
bool begins_plain(std::string_view text) {
  if (text[0] == '-') return text.size() > 1 && (is_alphanumeric(text[1]) || text[1] == '.');
  return is_alphanumeric(text[0]) || std::string_view("_./~+$(<=").find(text[0]) != std::string_view::npos;
}

// True for nothing, and for blanks with a comment behind them.
bool is_rest(std::string_view text) {
  const std::size_t at = text.find_first_not_of(' ');
  return at == std::string_view::npos || (at > 0 && text[at] == '#');
}

// The bytes of a plain value at the start of `text`; nothing where it might be a mapping.
std::optional<std::size_t> plain_length(std::string_view text) {
  std::size_t end = 0;  // behind the last that is no blank
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ' ') continue;
    if (c == '#' && text[at - 1] == ' ') break;
    if (c == ':' && (at + 1 == text.size() || text[at + 1] == ' ')) return std::nullopt;
    end = at + 1;
  }
  return end;
}

// The tree is made as the text is read: what is still open lies on a stack, and moves below what it belongs to as soon
// as that ends. So a file needs little more memory than its tree.
class Reader {
 public:
  Reader(const Lines& lines, YamlSchema schema, const Limits& limits) : lines_(lines), schema_(schema), limits_(limits) {
    nodes_.reserve(128);
  }

  std::optional<Node> read() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = lines_[i];
      const std::size_t indent = line.find_first_not_of(' ');
      if (indent == std::string_view::npos || line[indent] == '#') continue;
      line_ = static_cast<std::uint32_t>(i + 1);
      if (!read_line(line, indent)) return std::nullopt;
    }
    if (levels_.empty()) return std::nullopt;
    add_absent();
    while (!levels_.empty()) close();
    if (count_ > limits_.nodes) return std::nullopt;
    return std::move(nodes_.front());
  }

 private:
  struct Level {
    std::size_t indent;
    std::size_t node;  // the collection's place on the stack; its children lie above it
    bool is_list;
  };

  Mark at(std::size_t offset) const { return {line_, static_cast<std::uint32_t>(offset + 1)}; }

  Node& add(Mark start, Mark end) {
    ++count_;
    last_end_ = end;
    Node& node = nodes_.emplace_back();
    node.mark = start;
    node.end = end;
    return node;
  }

  void close() {
    const std::size_t first = levels_.back().node + 1;
    Node& collection = nodes_[first - 1];
    if (levels_.back().is_list) {
      collection.items.reserve(nodes_.size() - first);
      for (std::size_t i = first; i < nodes_.size(); ++i) collection.items.emplace_back(std::move(nodes_[i]));
    } else {
      collection.entries.reserve((nodes_.size() - first) / 2);
      for (std::size_t i = first; i < nodes_.size(); i += 2)
        collection.entries.emplace_back(std::move(nodes_[i]), std::move(nodes_[i + 1]));
      collection.keys_are_distinct = has_distinct_keys(collection);
    }
    collection.end = last_end_;
    nodes_.erase(nodes_.begin() + static_cast<std::ptrdiff_t>(first), nodes_.end());
    levels_.pop_back();
  }

  // The value of a key with nothing behind it is null, right behind its `:`.
  void add_absent() {
    if (!absent_) return;
    add(*absent_, *absent_);
    absent_.reset();
  }

  bool read_line(std::string_view line, std::size_t indent) {
    const bool is_item = line[indent] == '-' && indent + 1 < line.size() && line[indent + 1] == ' ';
    if (!place(indent, is_item) || count_ > limits_.nodes) return false;
    if (!is_item) return read_entry(line, indent);
    const std::size_t start = line.find_first_not_of(' ', indent + 1);
    if (start == std::string_view::npos) return false;
    if (!key_length(line.substr(start))) return read_value(line, start);
    return open(start, false) && read_entry(line, start);
  }

  // Ends what ends before a line that begins at `indent`, and begins what begins there.
  bool place(std::size_t indent, bool is_item) {
    const bool is_below = levels_.empty() ? indent == 0 : absent_ && is_child(indent, is_item);
    if (is_below) {
      absent_.reset();
      return open(indent, is_item);
    }
    add_absent();
    while (!levels_.empty() && levels_.back().indent > indent) close();
    // A list may stand as far to the left as the key that it belongs to.
    if (!levels_.empty() && levels_.back().is_list && !is_item) close();
    return !levels_.empty() && levels_.back().indent == indent && levels_.back().is_list == is_item;
  }

  bool is_child(std::size_t indent, bool is_item) const {
    return indent > levels_.back().indent || (indent == levels_.back().indent && is_item);
  }

  bool open(std::size_t indent, bool is_list) {
    levels_.push_back({indent, nodes_.size(), is_list});
    add(at(indent), at(indent)).kind = is_list ? Kind::sequence : Kind::mapping;
    return levels_.size() <= limits_.depth;
  }

  // The bytes of the key at the start of `text`, if there is one.
  static std::optional<std::size_t> key_length(std::string_view text) {
    if (!is_alphanumeric(text[0]) && text[0] != '_') return std::nullopt;
    std::size_t length = 1;
    while (length < text.size() && is_key_char(text[length])) ++length;
    if (length > longest_key || length == text.size() || text[length] != ':') return std::nullopt;
    if (length + 1 < text.size() && text[length + 1] != ' ') return std::nullopt;
    return length;
  }

  bool read_entry(std::string_view line, std::size_t start) {
    const auto length = key_length(line.substr(start));
    if (!length) return false;
    add_plain(line, start, *length);
    const std::size_t colon = start + *length;
    if (is_rest(line.substr(colon + 1))) {
      absent_ = at(colon + 1);
      return true;
    }
    return read_value(line, line.find_first_not_of(' ', colon + 1));
  }

  // The value at `start`, which nothing but a comment may follow.
  bool read_value(std::string_view line, std::size_t start) {
    const char first = line[start];
    if (first == '"' || first == '\'') return read_quoted(line, start);
    if (!begins_plain(line.substr(start))) return false;
    const auto length = plain_length(line.substr(start));
    if (!length) return false;
    add_plain(line, start, *length);
    return true;
  }

  bool read_quoted(std::string_view line, std::size_t start) {
    const std::size_t end = line.find(line[start], start + 1);
    if (end == std::string_view::npos || !is_rest(line.substr(end + 1))) return false;
    const std::string_view text = line.substr(start + 1, end - start - 1);
    if (line[start] == '"' && text.find('\\') != std::string_view::npos) return false;
    Node& node = add(at(start), at(end + 1));
    node.kind = Kind::scalar;
    node.type = ScalarType::string;
    node.quoted = true;
    node.text = text;
    return true;
  }

  void add_plain(std::string_view line, std::size_t start, std::size_t length) {
    const std::string_view text = line.substr(start, length);
    Node& node = add(at(start), at(start + length));
    node.text = text;
    node.type = schema_ == YamlSchema::yaml_1_1 ? resolve_yaml_1_1(text) : resolve_yaml_1_2(text);
    node.kind = node.type == ScalarType::null ? Kind::null : Kind::scalar;
  }

  const Lines& lines_;
  YamlSchema schema_;
  const Limits& limits_;
  std::vector<Level> levels_;
  std::vector<Node> nodes_;
  std::size_t count_ = 0;       // of all nodes
  Mark last_end_;               // of the value that ended last
  std::optional<Mark> absent_;  // behind the `:` of the last key, while no value is seen
  std::uint32_t line_ = 0;
};

}  // namespace

std::optional<Node> read_plain_yaml(const Lines& lines, YamlSchema schema, const Limits& limits) {
  if (!is_printable(lines.text())) return std::nullopt;
  return Reader(lines, schema, limits).read();
}

}  // namespace sluice::document
