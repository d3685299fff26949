#include "project/launch.h"

#include <utility>

#include "document/merge_key.h"

namespace sluice::project {
namespace {

using document::Kind;
using document::Node;

// `{X: 1}`, `[X=1, Y]` or `[{name: X, value: 1}]`; a name alone is handed on from outside.
std::map<std::string, std::string> variables_in(const Node& node) {
  std::map<std::string, std::string> found;
  if (node.kind == Kind::mapping) {
    for (const document::EffectiveEntry& entry : document::effective_entries(node)) {
      found.emplace(entry.key->text, entry.value->text);
    }
  }
  for (const Node& item : node.items) {
    if (item.kind == Kind::mapping) {
      const Node* name = item.find("name");
      const Node* value = item.find("value");
      if (name != nullptr) found.emplace(name->text, value != nullptr ? value->text : "");
      continue;
    }
    const std::size_t equals = item.text.find('=');
    found.emplace(item.text.substr(0, equals), equals == std::string::npos ? "" : item.text.substr(equals + 1));
  }
  return found;
}

void add_services(const Node& services, std::vector<Launch>& found) {
  for (const document::Entry& entry : services.entries) {
    const Node* given = entry.value.find("environment");
    if (given == nullptr || entry.value.find("env_file") != nullptr ||
        entry.value.find("extends") != nullptr || entry.value.find("<<") != nullptr) {
      continue;
    }
    found.push_back({entry.key.text, variables_in(*given), given->mark});
  }
}

// Containers lie at several depths; the tree is not entered through aliases.
void add_containers(const Node& root, std::vector<Launch>& found) {
  std::vector<const Node*> pending = {&root};
  while (!pending.empty()) {
    const Node* node = pending.back();
    pending.pop_back();
    const Node* given = node->find("env");
    const Node* name = node->find("name");
    if (given != nullptr && given->kind == Kind::sequence && name != nullptr &&
        node->find("image") != nullptr && node->find("envFrom") == nullptr) {
      found.push_back({name->text, variables_in(*given), given->mark});
    }
    for (const document::Entry& entry : node->entries) {
      if (!entry.value.is_alias) pending.push_back(&entry.value);
    }
    for (const Node& item : node->items) {
      if (!item.is_alias) pending.push_back(&item);
    }
  }
}

}  // namespace

std::vector<Launch> launches(const Node& root) {
  std::vector<Launch> found;
  if (const Node* services = root.find("services"); services != nullptr && services->kind == Kind::mapping) {
    add_services(*services, found);
  } else if (root.find("kind") != nullptr) {
    add_containers(root, found);
  }
  return found;
}

bool may_launch(std::string_view path) {
  return (path.ends_with(".yaml") || path.ends_with(".yml")) && path.find(".github/") == path.npos;
}

}  // namespace sluice::project
