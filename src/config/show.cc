#include "config/show.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "config/mask.h"
#include "config/plain_value.h"
#include "config/values.h"

namespace sluice::config {
namespace {

using document::Kind;

constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view key_color = "\x1b[36m";
constexpr std::string_view changed_color = "\x1b[33m";
constexpr std::string_view reset = "\x1b[0m";

bool is_leaf(const Merged& value) {
  return value.entries.empty() && value.items.empty();
}

// Recursion in here is bounded by the documents' depth.
class Writer {
 public:
  explicit Writer(const ShowOptions& options) : options_(options) {}

  std::string indented(const Merged& root) {
    if (is_leaf(root)) return leaf(root, false) + "\n";
    children(root, 0, false);
    return std::move(out_);
  }

  std::string json(const Merged& root) {
    out_ = "{\"config\": ";
    json_value(root, false);
    out_ += ",\n \"from\": {";
    is_first_ = true;
    json_origins(root, "");
    return std::move(out_) + "}}\n";
  }

 private:
  bool is_tree() const { return options_.format == ShowFormat::tree; }

  std::string paint(std::string_view color, std::string text) const {
    if (!options_.color || !is_tree()) return text;
    return fmt::format("{}{}{}", color, text, reset);
  }

  std::string leaf(const Merged& value, bool hide) const {
    if (value.kind == Kind::mapping) return "{}";
    if (value.kind == Kind::sequence) return "[]";
    const bool is_masked =
        options_.redact && value.kind == Kind::scalar && !is_interpolated(*value.given.value);
    std::string text = as_yaml(*value.given.value);
    if (is_masked && hide) {
      text = json_string("[masked]");
    } else if (is_masked) {
      const std::string masked = masked_value(value.given.value->text);
      if (masked != value.given.value->text) text = json_string(masked);
    }
    return is_tree() ? base::escape_for_terminal(text) : text;
  }

  void line(std::size_t depth, const std::string& head, const Merged& value, bool hide) {
    out_ += std::string(depth * 2, ' ') + head;
    if (!is_leaf(value)) {
      out_ += "\n";
      return;
    }
    const bool is_changed = !value.overridden.empty();
    out_ += " " + paint(is_changed ? changed_color : "", leaf(value, hide));
    out_ += paint(dim, "  # " + base::escape_for_terminal(origin_of(value))) + "\n";
  }

  std::string key_text(const document::Node& key) const {
    const std::string text = is_collection(key) ? "\"{...}\"" : as_yaml(key);
    return is_tree() ? base::escape_for_terminal(text) : text;
  }

  void children(const Merged& value, std::size_t depth, bool hide) {
    for (const Merged::Entry& entry : value.entries) {
      const bool hides = hide || looks_secret(entry.key->text);
      line(depth, paint(key_color, key_text(*entry.key)) + ":", entry.value, hides);
      children(entry.value, depth + 1, hides);
    }
    for (const Merged& item : value.items) {
      line(depth, "-", item, hide);
      children(item, depth + 1, hide);
    }
  }

  void json_value(const Merged& value, bool hide) {
    if (value.kind == Kind::scalar || value.kind == Kind::null) {
      const bool is_masked =
          options_.redact && value.kind == Kind::scalar && !is_interpolated(*value.given.value);
      const std::string& text = value.given.value->text;
      if (is_masked && hide) {
        out_ += json_string("[masked]");
      } else if (is_masked && masked_value(text) != text) {
        out_ += json_string(masked_value(text));
      } else {
        out_ += as_json(*value.given.value);
      }
      return;
    }
    const bool is_list = value.kind == Kind::sequence;
    out_ += is_list ? "[" : "{";
    std::string_view between;
    for (const Merged::Entry& entry : value.entries) {
      out_ += fmt::format("{}{}: ", std::exchange(between, ", "), json_string(entry.key->text));
      json_value(entry.value, hide || looks_secret(entry.key->text));
    }
    for (const Merged& item : value.items) {
      out_ += std::exchange(between, ", ");
      json_value(item, hide);
    }
    out_ += is_list ? "]" : "}";
  }

  void json_origins(const Merged& value, const std::string& path) {
    if (value.kind != Kind::mapping || value.entries.empty()) {
      if (!std::exchange(is_first_, false)) out_ += ",\n  ";
      out_ += fmt::format("{}: {{{}", json_string(path), json_place(value.given));
      out_ += ", \"overrides\": [";
      std::string_view between;
      for (const Given& given : value.overridden) {
        out_ += fmt::format("{}{{{}}}", std::exchange(between, ", "), json_place(given));
      }
      out_ += "]}";
      return;
    }
    for (const Merged::Entry& entry : value.entries) {
      json_origins(entry.value, (path.empty() ? "" : path + ".") + entry.key->text);
    }
  }

  static std::string json_place(const Given& given) {
    const document::Mark mark = given.value->mark;
    return fmt::format("\"path\": {}, \"line\": {}, \"column\": {}",
                       json_string(given.source->path()), mark.line, mark.column);
  }

  const ShowOptions& options_;
  std::string out_;
  bool is_first_ = true;
};

}  // namespace

std::string place_of(const Given& given) {
  if (given.source == nullptr) return "nowhere";
  const document::Node* node = given.via != nullptr ? given.via
                               : given.key != nullptr ? given.key
                                                      : given.value;
  return fmt::format("{}:{}", given.source->path(), node->mark.line);
}

std::string origin_of(const Merged& value) {
  std::string text = place_of(value.given);
  if (!value.overridden.empty()) text += ", overrides " + place_of(value.overridden.back());
  return text;
}

std::string show(const Merged& root, const ShowOptions& options) {
  Writer writer(options);
  return options.format == ShowFormat::json ? writer.json(root) : writer.indented(root);
}

}  // namespace sluice::config
