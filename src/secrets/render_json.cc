#include <fmt/format.h>

#include "base/text.h"
#include "config/plain_value.h"
#include "secrets/rendering.h"

namespace sluice::secrets {
namespace {

using document::Kind;
using document::Node;

// Infinite, or not a number.
bool is_beyond_json(const Node& node) {
  if (node.type != document::ScalarType::real) return false;
  const std::string text = base::to_lower(node.text);
  return text.find("inf") != text.npos || text.find("nan") != text.npos;
}

// Recursion is bounded by the depth that documents may have.
class JsonWriter {
 public:
  JsonWriter(const Values& values, bool is_compact) : values_(values), is_compact_(is_compact) {}

  Status write(const Node& node) {
    switch (node.kind) {
      case Kind::mapping:
        return write_mapping(node);
      case Kind::sequence:
        return write_sequence(node);
      default:
        return write_scalar(node);
    }
  }

  SecureBytes take() {
    if (!is_compact_) out_.push_back('\n');
    return std::move(out_);
  }

 private:
  Status write_mapping(const Node& node) {
    if (node.entries.empty()) return append_text("{}");
    append(out_, "{");
    ++depth_;
    for (const document::Entry& entry : node.entries) {
      if (&entry != &node.entries.front()) append(out_, is_compact_ ? ", " : ",");
      line_break();
      append_json_string(out_, entry.key.text);
      append(out_, ": ");
      SLUICE_TRY(write(entry.value));
    }
    return close("}");
  }

  Status write_sequence(const Node& node) {
    if (node.items.empty()) return append_text("[]");
    append(out_, "[");
    ++depth_;
    for (const Node& item : node.items) {
      if (&item != &node.items.front()) append(out_, is_compact_ ? ", " : ",");
      line_break();
      SLUICE_TRY(write(item));
    }
    return close("]");
  }

  Status close(std::string_view bracket) {
    --depth_;
    line_break();
    return append_text(bracket);
  }

  Status append_text(std::string_view text) {
    append(out_, text);
    return {};
  }

  Status write_scalar(const Node& node) {
    if (const auto secret = values_.find(&node); secret != values_.end()) {
      append_json_string(out_, reveal(secret->second));
      return {};
    }
    if (is_beyond_json(node))
      return fail(ErrorKind::unsupported, fmt::format("JSON has no number {}", node.text), {},
                  "render as yaml, or write a finite number");
    return append_text(config::as_json(node));
  }

  void line_break() {
    if (is_compact_) return;
    out_.push_back('\n');
    out_.insert(out_.end(), depth_ * 2, ' ');
  }

  const Values& values_;
  bool is_compact_;
  std::size_t depth_ = 0;
  SecureBytes out_;
};

Result<SecureBytes> render(const Node& root, const Values& values, bool is_compact) {
  JsonWriter writer(values, is_compact);
  SLUICE_TRY(writer.write(root));
  return writer.take();
}

void append_escape(SecureBytes& out, char c) {
  constexpr std::string_view from = "\"\\\n\r\t";
  constexpr std::string_view to = "\"\\nrt";
  if (const std::size_t which = from.find(c); which != from.npos) {
    out.push_back('\\');
    out.push_back(to[which]);
    return;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  append(out, "\\u00");
  out.push_back(digits[static_cast<unsigned char>(c) >> 4]);
  out.push_back(digits[static_cast<unsigned char>(c) & 15]);
}

}  // namespace

void append_json_string(SecureBytes& out, std::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    const char c = text.front();
    const std::size_t length = base::code_point_length(text);
    if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == '\x7f') {
      append_escape(out, c);
    } else if (static_cast<unsigned char>(c) >= 0x80 && length == 1) {
      append(out, "\xEF\xBF\xBD");
    } else {
      append(out, text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  out.push_back('"');
}

Result<SecureBytes> render_json(const Node& root, const Values& values) {
  return render(root, values, false);
}

Result<SecureBytes> render_compact_json(const Node& root, const Values& values) {
  return render(root, values, true);
}

}  // namespace sluice::secrets
