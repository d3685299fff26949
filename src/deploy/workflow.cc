#include "deploy/workflow.h"

#include "base/text.h"

namespace sluice::deploy {
namespace {

using document::Kind;
using document::Node;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The names that one expression's text takes from `secrets`.
void add_names(std::string_view expression, std::size_t offset, std::size_t end,
               std::vector<SecretUse>& uses) {
  constexpr std::string_view word = "secrets";
  for (std::size_t at = expression.find(word); at != expression.npos;
       at = expression.find(word, at + 1)) {
    if (at > 0 && (is_name_byte(expression[at - 1]) || expression[at - 1] == '.')) continue;
    std::string_view rest = expression.substr(at + word.size());
    if (rest.starts_with("['") || rest.starts_with("[\"")) {
      rest.remove_prefix(2);
    } else if (rest.starts_with('.')) {
      rest.remove_prefix(1);
    } else {
      continue;
    }
    std::size_t length = 0;
    while (length < rest.size() && is_name_byte(rest[length])) ++length;
    const std::string name(rest.substr(0, length));
    if (length > 0 && !base::equals_ignoring_case(name, "GITHUB_TOKEN"))
      uses.push_back({name, offset, end});
  }
}

}  // namespace

std::vector<SecretUse> secret_uses(std::string_view text) {
  std::vector<SecretUse> uses;
  for (std::size_t at = text.find("${{"); at != text.npos; at = text.find("${{", at)) {
    const std::size_t end = text.find("}}", at);
    if (end == text.npos) break;
    add_names(text.substr(at + 3, end - at - 3), at, end + 2, uses);
    at = end + 2;
  }
  return uses;
}

void for_each_job(const Node& root,
                  const std::function<void(std::string_view, const Node&, const Node&)>& visit) {
  const Node* const jobs = root.find("jobs");
  if (jobs == nullptr) return;
  for (const document::Entry& entry : jobs->entries)
    if (entry.value.kind == Kind::mapping) visit(entry.key.text, entry.key, entry.value);
}

void for_each_step(const Node& root, const std::function<void(const Step&)>& visit) {
  for_each_job(root, [&](std::string_view, const Node&, const Node& job) {
    const Node* const steps = job.find("steps");
    if (steps == nullptr) return;
    for (const Node& step : steps->items) visit({step, step.find("uses"), step.find("run")});
  });
}

void for_each_entry(const Node& root, const std::function<void(const document::Entry&)>& visit) {
  std::vector<const Node*> pending = {&root};
  while (!pending.empty()) {
    const Node* const node = pending.back();
    pending.pop_back();
    if (node->is_alias) continue;
    for (const document::Entry& entry : node->entries) visit(entry);
    for (std::size_t at = node->entries.size(); at-- > 0;) pending.push_back(&node->entries[at].value);
    for (std::size_t at = node->items.size(); at-- > 0;) pending.push_back(&node->items[at]);
  }
}

}  // namespace sluice::deploy
