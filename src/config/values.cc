#include "config/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;
using document::ScalarType;

constexpr std::array<std::string_view, 8> openings = {"${", "@{", "#{", "{{", "{%", "%(", "((", "<%"};

// `<YOUR_BUCKET>`: capitals between angle brackets.
bool is_placeholder(std::string_view text) {
  if (text.size() < 3 || text.front() != '<' || text.back() != '>') return false;
  return std::all_of(text.begin() + 1, text.end() - 1, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

}  // namespace

bool is_interpolated(const Node& node) {
  if (node.kind != Kind::scalar) return false;
  if (node.type == ScalarType::custom) return true;
  const std::string_view text = node.text;
  if (is_placeholder(text)) return true;
  if (text.starts_with('@')) {
    for (const std::string_view word :
         {"@format ", "@jinja ", "@int ", "@float ", "@bool ", "@json "}) {
      if (text.starts_with(word)) return true;
    }
  }
  // Each opening holds one of the three; most values hold none.
  const auto may_open = [](char c) { return c == '{' || c == '(' || c == '<'; };
  if (std::none_of(text.begin(), text.end(), may_open)) return false;
  return std::any_of(openings.begin(), openings.end(), [&](std::string_view opening) {
    return text.find(opening) != std::string_view::npos;
  });
}

bool is_mandatory_mark(const Node& node) { return node.kind == Kind::scalar && node.text == "???"; }

bool is_number_only_in_1_2(const Node& node) {
  if (node.kind != Kind::scalar || node.quoted || !node.tag.empty()) return false;
  // Most values begin as no number does.
  if (node.text.empty() || std::string_view("+-.0123456789").find(node.text[0]) == std::string_view::npos) return false;
  if (document::resolve_yaml_1_1(node.text) != ScalarType::string) return false;
  const ScalarType type = document::resolve_yaml_1_2(node.text);
  return type == ScalarType::integer || type == ScalarType::real;
}

bool is_float_to_omegaconf(const Node& node) {
  if (!is_number_only_in_1_2(node) || node.text.find_first_of("eE") == std::string::npos) return false;
  const std::size_t first = node.text.find_first_not_of("+-");
  return first != std::string::npos && node.text[first] >= '0' && node.text[first] <= '9';
}

std::string respelled_number(std::string_view text) {
  const bool has_sign = text.starts_with('-') || text.starts_with('+');
  std::string sign(text.substr(0, has_sign ? 1 : 0));
  std::string_view rest = text.substr(sign.size());
  if (rest.starts_with("0o")) return {};
  const std::size_t e = rest.find_first_of("eE");
  std::string mantissa(rest.substr(0, e));
  if (mantissa.starts_with('.')) mantissa.insert(0, "0");
  if (e == std::string_view::npos)
    return mantissa.find('.') == std::string::npos ? "" : sign + mantissa;
  if (mantissa.find('.') == std::string::npos) mantissa += ".0";
  std::string exponent(rest.substr(e + 1));
  if (!exponent.starts_with('-') && !exponent.starts_with('+')) exponent.insert(0, "+");
  return sign + mantissa + "e" + exponent;
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Kind::mapping:
      return "a mapping";
    case Kind::sequence:
      return "a list";
    case Kind::null:
      return "null";
    case Kind::scalar:
      break;
  }
  const ScalarType type = node.type;
  const std::string_view name = to_string(type);
  return fmt::format("{} {}", type == ScalarType::integer ? "an" : "a", name);
}

}  // namespace sluice::config
