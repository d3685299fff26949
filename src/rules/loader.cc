#include "rules/loader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/radix.h"
#include "base/text.h"
#include "rules/pattern.h"
#include "rules/positions.h"
#include "rules/template.h"
#include "structure/check.h"

namespace sluice::rules {
namespace {

using document::Kind;
using document::Node;

const std::vector<std::string> known_keys = {
    "id",           "title",         "severity",       "confidence",    "keywords",
    "shape",        "judged",
    "pattern",      "secret_group",  "entropy",        "window",        "reject_words",
    "reject_shapes", "reject_context", "verify", "pairs_with", "half_only", "include_paths", "exclude_paths", "text_only",
    "description",  "remedy",        "reference",      "match",         "no_match"};

constexpr std::size_t least_keyword = 3;
constexpr std::size_t largest_window = 1u << 20;
constexpr std::size_t largest_distance = 200;

// `text` with each \xNN as the byte that it names: keywords of binary formats are no text.
std::string with_bytes(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = text.substr(at, 2) == "\\x" ? base::decode_hex(text.substr(at + 2, 2)) : std::nullopt;
    bytes += byte && byte->size() == 1 ? byte->front() : text[at];
    if (byte && byte->size() == 1) at += 3;
  }
  return bytes;
}

// Reads one rule, gathering every fault rather than stopping at the first.
class RuleReader {
 public:
  RuleReader(const Node& node, const std::string& path, RuleSet& set, std::vector<Error>& errors)
      : node_(node), path_(path), set_(set), errors_(errors) {}

  Rule read() {
    check_keys();
    read_shape();
    read_texts();
    read_levels();
    read_lists();
    read_numbers();
    check_pattern();
    check_verify();
    read_pair();
    check_examples();
    rule_.keyword_inside =
        rule_.shape == Shape::pattern && always_contains(rule_.pattern, rule_.keywords);
    rule_.required_run = required_run(rule_.pattern);
    return rule_;
  }

 private:
  void fault(const Node& at, std::string what, std::string remedy = {}) {
    errors_.push_back(Error{ErrorKind::invalid_input, std::move(what),
                            fmt::format("{}:{}:{}", path_, at.mark.line, at.mark.column),
                            std::move(remedy)});
  }

  void check_keys() {
    std::set<std::string> seen;
    for (const document::Entry& entry : node_.entries) {
      const std::string& key = entry.key.text;
      if (!seen.insert(key).second) fault(entry.key, fmt::format("key '{}' is given twice", key));
      if (std::find(known_keys.begin(), known_keys.end(), key) != known_keys.end()) continue;
      const std::string near = base::nearest(key, known_keys);
      fault(entry.key, fmt::format("a rule has no key '{}'", key),
            near.empty() ? std::string() : fmt::format("did you mean '{}'?", near));
    }
  }

  std::string_view text(std::string_view key, bool required) {
    const Node* value = node_.find(key);
    if (value == nullptr || value->kind == Kind::null) {
      if (required) fault(value != nullptr ? *value : node_, fmt::format("'{}' is missing", key));
      return {};
    }
    if (value->kind != Kind::scalar) {
      fault(*value, fmt::format("'{}' must be text", key));
      return {};
    }
    if (required && value->text.empty()) fault(*value, fmt::format("'{}' is empty", key));
    return set_.keep(value->text);
  }

  void read_shape() {
    rule_.is_judged = flag("judged");
    const Node* value = node_.find("shape");
    if (value == nullptr || value->text == "pattern") return;
    rule_.is_judged = true;
    if (value->text == "assignment") {
      rule_.shape = Shape::assignment;
    } else if (value->text == "uuid") {
      rule_.shape = Shape::uuid;
    } else {
      fault(*value, "'shape' must be pattern, assignment or uuid");
    }
    if (const Node* pattern = node_.find("pattern")) {
      fault(*pattern, "a rule with a 'shape' of its own has no 'pattern'");
    }
  }

  void read_texts() {
    rule_.id = text("id", true);
    rule_.title = text("title", true);
    rule_.pattern = text("pattern", rule_.shape == Shape::pattern);
    rule_.description = text("description", false);
    rule_.verify = text("verify", false);
    rule_.remedy = text("remedy", true);
    rule_.reference = text("reference", false);
    const bool kebab = std::all_of(rule_.id.begin(), rule_.id.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!kebab) {
      fault(*node_.find("id"), fmt::format("id '{}' may hold only a-z, 0-9 and '-'", rule_.id));
    }
  }

  void read_levels() {
    if (const Node* value = node_.find("severity")) {
      if (const auto level = parse_severity(value->text)) {
        rule_.severity = *level;
      } else {
        fault(*value, "severity must be low, medium, high or critical");
      }
    }
    if (const Node* value = node_.find("confidence")) {
      if (const auto level = parse_confidence(value->text)) {
        rule_.confidence = *level;
      } else {
        fault(*value, "confidence must be low, medium or high");
      }
    }
  }

  Strings list(std::string_view key, bool required) {
    const Node* value = node_.find(key);
    std::vector<std::string> items;
    if (value != nullptr && value->kind == Kind::sequence) {
      for (const Node& item : value->items) {
        if (item.kind != Kind::scalar) fault(item, fmt::format("'{}' must hold text", key));
        items.push_back(item.text);
      }
    } else if (value != nullptr) {
      fault(*value, fmt::format("'{}' must be a list", key));
      return {};
    }
    if (key == "keywords") {
      for (std::string& item : items) item = with_bytes(item);
    }
    if (required && items.empty()) {
      fault(value != nullptr ? *value : node_, fmt::format("'{}' needs at least one entry", key));
    }
    return set_.keep(items);
  }

  void read_lists() {
    rule_.keywords = list("keywords", rule_.shape != Shape::uuid);
    rule_.reject_words = list("reject_words", false);
    rule_.reject_shapes = list("reject_shapes", false);
    rule_.reject_context = list("reject_context", false);
    rule_.include_paths = list("include_paths", false);
    rule_.exclude_paths = list("exclude_paths", false);
    rule_.match = list("match", true);
    rule_.no_match = list("no_match", true);
    for (const std::string_view keyword : rule_.keywords) {
      if (keyword.size() < least_keyword || base::to_lower(keyword) != keyword) {
        fault(*node_.find("keywords"),
              fmt::format("keyword '{}' must be lower case and at least {} bytes long", keyword,
                          least_keyword));
      }
    }
  }

  template <class Number>
  void number(std::string_view key, Number least, Number most, Number& out) {
    if (const Node* value = node_.find(key)) number(*value, key, least, most, out);
  }

  template <class Number>
  void number(const Node& value, std::string_view key, Number least, Number most, Number& out) {
    const std::string& digits = value.text;
    Number parsed{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parsed);
    if (error != std::errc() || end != digits.data() + digits.size() || parsed < least ||
        parsed > most) {
      fault(value, fmt::format("'{}' must be a number from {} to {}", key, least, most));
      return;
    }
    out = parsed;
  }

  void read_numbers() {
    number("secret_group", 0, 20, rule_.secret_group);
    number("entropy", 0.0, 8.0, rule_.entropy);
    number("window", std::size_t{16}, largest_window, rule_.window);
    rule_.text_only = flag("text_only");
    rule_.half_only = flag("half_only");
  }

  bool flag(std::string_view key) {
    const Node* value = node_.find(key);
    if (value == nullptr) return false;
    if (value->text != "true" && value->text != "false") {
      fault(*value, fmt::format("'{}' must be true or false", key));
    }
    return value->text == "true";
  }

  void check_expression(const Node& at, std::string_view expression, int group) {
    if (expression.empty()) return;
    if (const Status status = Pattern::check(expression, group); !status) {
      fault(at, status.error().what, status.error().remedy);
    }
  }

  void check_pattern() {
    if (const Node* value = node_.find("pattern")) {
      check_expression(*value, rule_.pattern, rule_.secret_group);
    }
    for (const std::string_view key : {"reject_shapes", "reject_context"}) {
      const Node* value = node_.find(key);
      if (value == nullptr) continue;
      for (const Node& item : value->items) check_expression(item, item.text, 0);
    }
  }

  void check_verify() {
    if (rule_.verify.empty() || structure::find_check(rule_.verify) != nullptr) return;
    std::vector<std::string> names;
    for (const structure::Check& check : structure::checks()) names.emplace_back(check.name);
    const std::string near = base::nearest(std::string(rule_.verify), names);
    fault(*node_.find("verify"), fmt::format("there is no check '{}'", rule_.verify),
          near.empty() ? fmt::format("one of: {}", fmt::join(names, ", "))
                       : fmt::format("did you mean '{}'?", near));
  }

  void read_pair() {
    const Node* value = node_.find("pairs_with");
    if (value == nullptr) return;
    const Node* const rule = value->kind == Kind::mapping ? value->find("rule") : nullptr;
    const Node* const within = value->kind == Kind::mapping ? value->find("within") : nullptr;
    if (rule == nullptr || within == nullptr || value->entries.size() != 2 || rule->text.empty()) {
      return fault(*value, "'pairs_with' must be {rule: ID, within: LINES}");
    }
    rule_.pair_rule = set_.keep(rule->text);
    number(*within, "within", std::size_t{1}, largest_distance, rule_.pair_within);
  }

  void check_examples() {
    for (const std::string_view key : {"match", "no_match"}) {
      const Node* value = node_.find(key);
      if (value == nullptr) continue;
      for (const Node& item : value->items) {
        if (const auto expanded = expand_template(item.text, "check"); !expanded) {
          fault(item, expanded.error().what);
        }
      }
    }
  }

  const Node& node_;
  const std::string& path_;
  RuleSet& set_;
  std::vector<Error>& errors_;
  Rule rule_;
};

}  // namespace

std::vector<Error> load_rules(const Node& sequence, const std::string& path, RuleSet& set) {
  std::vector<Error> errors;
  const auto fault = [&](const Node& at, std::string what) {
    errors.push_back(Error{ErrorKind::invalid_input, std::move(what),
                           fmt::format("{}:{}:{}", path, at.mark.line, at.mark.column), {}});
  };
  if (sequence.kind != Kind::sequence) {
    fault(sequence, "'rules' must be a list of rules");
    return errors;
  }
  std::vector<Rule> read;
  std::set<std::string_view> ids;
  for (const Node& node : sequence.items) {
    if (node.kind != Kind::mapping) {
      fault(node, "a rule must be a mapping of keys to values");
      continue;
    }
    read.push_back(RuleReader(node, path, set, errors).read());
    if (!ids.insert(read.back().id).second) {
      fault(node, fmt::format("rule id '{}' is used twice in this file", read.back().id));
    }
  }
  if (errors.empty()) {
    for (const Rule& rule : read) set.add(rule);
  }
  return errors;
}

std::vector<Error> load_rules(std::string_view yaml, const std::string& path, RuleSet& set) {
  const auto document = document::parse_yaml(yaml, path);
  if (!document) return {document.error()};
  const Node* sequence = document->root.find("rules");
  if (sequence == nullptr) {
    return {Error{ErrorKind::invalid_input, "a rule file must have a 'rules' list at its top",
                  path, {}}};
  }
  return load_rules(*sequence, path, set);
}

}  // namespace sluice::rules
