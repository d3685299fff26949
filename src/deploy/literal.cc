#include "deploy/literal.h"

#include <fmt/format.h>

#include "base/text.h"
#include "policy/placeholder.h"

namespace sluice::deploy {
namespace {

using document::Kind;
using document::Node;

bool is_filled_in_later(std::string_view text) {
  return text.find("${") != text.npos || text.find("{{") != text.npos || text.starts_with('$');
}

void report_item(const Node& item, const File& file, const Check& check, FindingSink& sink) {
  if (item.kind == Kind::mapping) {
    const Node* const name = item.find("name");
    const Node* const value = item.find("value");
    if (name != nullptr && value != nullptr && is_secret_literal(name->text, *value))
      report_literal(name->text, *value, file, check, sink);
    return;
  }
  const std::size_t equals = item.text.find('=');
  if (item.kind != Kind::scalar || equals == item.text.npos) return;
  Node value = item;
  value.text = item.text.substr(equals + 1);
  const std::string_view key = std::string_view(item.text).substr(0, equals);
  if (is_secret_literal(key, value)) report_literal(key, value, file, check, sink);
}

}  // namespace

bool is_secret_literal(std::string_view key, const Node& value) {
  if (value.kind != Kind::scalar || is_filled_in_later(value.text)) return false;
  const std::string_view password = policy::url_password(value.text);
  if (!password.empty()) return policy::looks_real(password);
  return policy::names_secret(key) && policy::looks_real(value.text);
}

void report_literal(std::string_view key, const Node& value, const File& file, const Check& check,
                    FindingSink& sink) {
  const std::string_view password = policy::url_password(value.text);
  const std::string_view secret = password.empty() ? std::string_view(value.text) : password;
  sink.add(finding_of(
      check, file,
      {value.mark,
       fmt::format("`{}` has a value of its own here, which everybody with a clone can read",
                   base::escape_for_terminal(key.substr(0, 80))),
       std::string(key), secret}));
}

void report_literals(const Node& mapping, const File& file, const Check& check, FindingSink& sink) {
  for (const document::Entry& entry : mapping.entries)
    if (is_secret_literal(entry.key.text, entry.value))
      report_literal(entry.key.text, entry.value, file, check, sink);
  for (const Node& item : mapping.items) report_item(item, file, check, sink);
}

}  // namespace sluice::deploy
