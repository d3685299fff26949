#include <fmt/format.h>
#include <re2/re2.h>

#include <charconv>
#include <set>
#include <vector>

#include "base/result.h"
#include "schema/keywords.h"
#include "schema/parts.h"

namespace sluice::schema {
namespace {

using document::Entry;
using document::Kind;
using document::Node;

class Reader {
 public:
  Reader(const document::Document& document, References& references)
      : document_(document), references_(references) {}

  Status read() {
    const Node& root = document_.root;
    if (!has_shape(root, Shape::schema)) return wrong(root, "a schema is a mapping, true or false");
    if (const Node* dialect = root.find("$schema")) {
      references_.ref_stands_alone = dialect->text.find("draft-0") != std::string::npos;
    }
    SLUICE_TRY(read_from(root));
    // Last, because an anchor may stand behind what refers to it; a target may bring more of them.
    for (std::size_t i = 0; i < references_found_.size(); ++i) SLUICE_TRY(resolve(*references_found_[i]));
    return {};
  }

 private:
  Status wrong(const Node& at, std::string what, std::string remedy = {},
               ErrorKind kind = ErrorKind::invalid_input) const {
    return fail(kind, std::move(what),
                fmt::format("{}:{}:{}", document_.path, at.mark.line, at.mark.column), std::move(remedy));
  }

  // A schema and all that lie in it.
  Status read_from(const Node& schema) {
    pending_.push_back(&schema);
    while (!pending_.empty()) {
      const Node* next = pending_.back();
      pending_.pop_back();
      if (seen_.insert(next).second) SLUICE_TRY(read_schema(*next));
    }
    return {};
  }

  Status read_schema(const Node& schema) {
    for (const Entry& entry : schema.entries) {
      const std::string& name = entry.key.text;
      const Shape shape = shape_of(name);
      if (shape == Shape::unsupported) {
        return wrong(entry.key, fmt::format("`{}` is not supported", name), {}, ErrorKind::unsupported);
      }
      if (!has_shape(entry.value, shape)) {
        return wrong(entry.value, fmt::format("`{}` must be {}", name, describe(shape)));
      }
      SLUICE_TRY(read_keyword(name, entry.value, shape));
    }
    return {};
  }

  Status read_keyword(const std::string& name, const Node& value, Shape shape) {
    if (name == "pattern") SLUICE_TRY(compile(value));
    if (name == "patternProperties") {
      for (const Entry& entry : value.entries) SLUICE_TRY(compile(entry.key));
    }
    if (name == "$ref" || name == "$recursiveRef") references_found_.push_back(&value);
    const bool holds_schemas = shape == Shape::schema || shape == Shape::schemas ||
                               shape == Shape::schema_or_schemas || shape == Shape::schema_map ||
                               shape == Shape::dependencies;
    if (!holds_schemas) return {};
    const bool is_map = shape == Shape::schema_map || shape == Shape::dependencies;
    if (value.kind == Kind::mapping && !is_map) pending_.push_back(&value);
    for (const Node& item : value.items) pending_.push_back(&item);
    if (!is_map) return {};
    for (const Entry& entry : value.entries) {
      if (entry.value.kind == Kind::mapping) pending_.push_back(&entry.value);
    }
    return {};
  }

  Status compile(const Node& pattern) {
    if (references_.patterns.contains(pattern.text)) return {};
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(8 << 20);
    auto expression = std::make_unique<RE2>(pattern.text, options);
    if (!expression->ok()) {
      return wrong(pattern, fmt::format("not a regular expression that RE2 reads: {}", expression->error()),
                   "write it without lookaround and backreferences");
    }
    references_.patterns.emplace(pattern.text, std::move(expression));
    return {};
  }

  Status resolve(const Node& reference) {
    std::string_view text = reference.text;
    const Node* id = document_.root.find("$id");
    if (id == nullptr) id = document_.root.find("id");
    if (id != nullptr && !id->text.empty() && text.starts_with(id->text)) text.remove_prefix(id->text.size());
    if (!text.empty() && text[0] != '#') {
      return wrong(reference, "a reference to another file is not supported",
                   "copy the definition into this file: `#/$defs/NAME`", ErrorKind::unsupported);
    }
    const Node* target = text.size() < 2 ? &document_.root : text[1] == '/' ? at(text.substr(2)) : anchor(text);
    if (target == nullptr || !has_shape(*target, Shape::schema)) {
      return wrong(reference, "the reference leads to no schema", "correct it, or add what it names");
    }
    references_.targets[reference.text] = target;
    // Part of no keyword that holds schemas: only the reference calls it one.
    return read_from(*target);
  }

  // JSON pointer (RFC 6901), in a fragment's percent encoding.
  const Node* at(std::string_view pointer) const {
    const Node* node = &document_.root;
    while (node != nullptr) {
      const std::size_t slash = pointer.find('/');
      const std::string step = unescaped(pointer.substr(0, slash));
      if (node->kind == Kind::sequence) {
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
        const bool is_index = error == std::errc() && end == step.data() + step.size();
        node = is_index && index < node->items.size() ? &node->items[index] : nullptr;
      } else {
        node = node->find(step);
      }
      if (slash == pointer.npos) return node;
      pointer.remove_prefix(slash + 1);
    }
    return nullptr;
  }

  static std::string unescaped(std::string_view step) {
    std::string out;
    for (std::size_t i = 0; i < step.size(); ++i) {
      unsigned code = 0;
      if (step[i] == '~' && i + 1 < step.size()) {
        out += step[++i] == '1' ? '/' : '~';
      } else if (step[i] == '%' && i + 2 < step.size() &&
                 std::from_chars(step.data() + i + 1, step.data() + i + 3, code, 16).ec == std::errc()) {
        out += static_cast<char>(code);
        i += 2;
      } else {
        out += step[i];
      }
    }
    return out;
  }

  const Node* anchor(std::string_view name) const {
    for (const Node* schema : seen_) {
      for (const char* keyword : {"$anchor", "$id", "id"}) {
        const Node* value = schema->find(keyword);
        if (value == nullptr) continue;
        if (value->text == name || "#" + value->text == name) return schema;
      }
    }
    return nullptr;
  }

  const document::Document& document_;
  References& references_;
  std::vector<const Node*> pending_;
  std::set<const Node*> seen_;
  std::vector<const Node*> references_found_;
};

}  // namespace

References::References() = default;
References::~References() = default;

Status read_references(const document::Document& document, References& references) {
  return Reader(document, references).read();
}

}  // namespace sluice::schema
