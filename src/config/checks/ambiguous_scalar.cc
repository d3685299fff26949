#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/hash.h"
#include "base/text.h"
#include "config/checks.h"
#include "config/mask.h"
#include "config/values.h"
#include "config/walk.h"
#include "document/scalar.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;
using document::ScalarType;

struct Trap {
  std::string reading;
  std::string remedy;
};

constexpr std::array<std::string_view, 7> words_for_values = {"None", "nil",  "nan",     "NaN",
                                                              "inf",  "-inf", "Infinity"};
constexpr std::string_view first_letters = "NniI-";
constexpr std::size_t longest_word = 8;

std::optional<Trap> trap_of_number(const Node& node) {
  const std::string_view text = node.text;
  if (is_number_only_in_1_2(node)) {
    const std::string number = respelled_number(text);
    return Trap{"a string to PyYAML (YAML 1.1), a number to YAML 1.2 readers",
                number.empty() ? "put it in quotes if it is an id, else write it in decimal"
                               : fmt::format("write `{}`, which is a number to both", number)};
  }
  if (node.type == ScalarType::string) return std::nullopt;
  const bool is_int = node.type == ScalarType::integer;
  const std::string_view digits = text.substr(std::min(text.find_first_not_of("+-"), text.size()));
  if (is_int && digits.size() > 1 && digits[0] == '0' &&
      digits.find_first_not_of("01234567_") == digits.npos) {
    return Trap{"an octal number to PyYAML (YAML 1.1), a decimal one to YAML 1.2 readers",
                "put it in quotes if it is an id, else drop the leading zero"};
  }
  if (node.type != ScalarType::timestamp && text.find(':') != text.npos) {
    return Trap{"a number in base 60 to PyYAML (YAML 1.1), a string to YAML 1.2 readers",
                "put it in quotes"};
  }
  return std::nullopt;
}

bool is_version(const KeyPath& path) {
  return path.last_key() != nullptr &&
         base::contains_ignoring_case(path.last_key()->text, "version");
}

std::optional<Trap> trap_of(const KeyPath& path, const Node& node) {
  if (node.kind != Kind::scalar || node.quoted || !node.tag.empty() || node.is_alias) {
    return std::nullopt;
  }
  const std::string& text = node.text;
  const bool may_be_word = !text.empty() && text.size() <= longest_word && first_letters.find(text[0]) != text.npos;
  if (may_be_word &&
      std::find(words_for_values.begin(), words_for_values.end(), text) != words_for_values.end()) {
    const bool is_none = text == "None" || text == "nil";
    return Trap{"a string to every YAML reader",
                is_none ? "write `null`, or put it in quotes"
                        : "write `.inf`, `-.inf` or `.nan`, or put it in quotes"};
  }
  const bool ends_in_zero = node.type == ScalarType::real && text.ends_with('0') && text.find('.') != text.npos;
  if (ends_in_zero && is_version(path)) {
    return Trap{"a number, which loses its last 0", "put the version in quotes"};
  }
  return trap_of_number(node);
}

// `%` by itself, where `%(name)s` and `%%` mean something.
bool has_lone_percent(std::string_view text) {
  for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at + 2)) {
    if (at + 1 == text.size() || (text[at + 1] != '%' && text[at + 1] != '(')) return true;
  }
  return false;
}

std::optional<Trap> trap_of_ini(std::string_view text, bool has_references) {
  for (const std::string_view sign : {" ;", " #", "\t;", "\t#"}) {
    if (text.find(sign) != text.npos) {
      return Trap{"a value that ends with its comment to Python's configparser", "put the comment on a line of its own"};
    }
  }
  if (!has_references || !has_lone_percent(text)) return std::nullopt;
  return Trap{"an error to Python's configparser, which takes `%` for the start of a reference", "write `%%`"};
}

// `[de, no]`: a bool among plain words.
bool is_word_among_words(const Node& list, const Node& item) {
  const auto is_plain = [](const Node& node, ScalarType type) {
    return node.kind == Kind::scalar && !node.quoted && node.tag.empty() && node.type == type;
  };
  if (!is_plain(item, ScalarType::boolean) || base::to_lower(item.text) == "true" ||
      base::to_lower(item.text) == "false") {
    return false;
  }
  return std::any_of(list.items.begin(), list.items.end(),
                     [&](const Node& other) { return is_plain(other, ScalarType::string); });
}

class Finder {
 public:
  Finder(const Source& source, Strategy strategy, Reporter& reporter)
      : source_(source), strategy_(strategy), reporter_(reporter),
        has_references_(source.file->text.find("%(") != std::string::npos) {}

  void look_at_ini(const KeyPath& path, const Node& node) {
    if (node.kind != Kind::scalar) return;
    if (const auto trap = trap_of_ini(node.text, has_references_)) report(path, node, *trap);
  }

  void look(const KeyPath& path, const Node& node) {
    if (node.is_alias) return;
    const bool is_clear = strategy_ == Strategy::omegaconf && is_float_to_omegaconf(node);
    if (is_clear) return;
    if (const auto trap = trap_of(path, node)) report(path, node, *trap);
    for (const Node& item : node.items) {
      if (!is_word_among_words(node, item)) continue;
      report(path, item,
             {"a bool to PyYAML (YAML 1.1), a string to YAML 1.2 readers", "put it in quotes"});
    }
  }

 private:
  void report(const KeyPath& path, const Node& node, const Trap& trap) {
    const bool is_secret = path.is_secret();
    const std::string shown = is_secret ? "this value" : "`" + shortened(node.text, 40) + "`";
    Draft draft{source_, span_of(node), {}, {}, trap.remedy, is_secret, {}};
    // The text is part of what is wrong, and a list has many items below one path.
    draft.identity = path.identity() + base::to_hex(base::sha256(node.text));
    if (is_secret && is_yaml_) draft.remedy = "put it in quotes if it is a text";
    draft.message = fmt::format("`{}`: {} is {}", path.dotted(), shown, trap.reading);
    reporter_.report(std::move(draft));
  }

  const Source& source_;
  Strategy strategy_;
  Reporter& reporter_;
  bool is_yaml_ = (*source_.document)->format == document::Format::yaml;
  bool has_references_;  // of INI: then the reader resolves them
};

}  // namespace

void check_ambiguous_scalar(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read()) return;
    Finder finder(source, subject.folder.strategy, reporter);
    const document::Format format = (*source.document)->format;
    const Node& root = (*source.document)->root;
    if (format == document::Format::yaml)
      for_each_value(root, [&](const KeyPath& path, const Node& value) { finder.look(path, value); });
    if (format == document::Format::ini)
      for_each_value(root, [&](const KeyPath& path, const Node& value) { finder.look_at_ini(path, value); });
    // Other formats leave no doubt.
  });
}

}  // namespace sluice::config
