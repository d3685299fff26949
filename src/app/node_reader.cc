#include "app/node_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "base/text.h"

namespace sluice::app {

using document::Kind;
using document::Node;

std::string NodeReader::place(const Node& node) const {
  return fmt::format("{}:{}:{}", path_, node.mark.line, node.mark.column);
}

void NodeReader::fault(const Node& at, std::string what, std::string remedy) {
  errors_.push_back({ErrorKind::invalid_input, std::move(what), place(at), std::move(remedy)});
}

void NodeReader::read_mapping(const Node& node, std::string_view what, const Readers& readers) {
  if (node.kind != Kind::mapping) {
    fault(node, fmt::format("{} must be a mapping of keys to values", what));
    return;
  }
  std::set<std::string> seen;
  std::vector<std::string> known;
  for (const auto& [name, reader] : readers) known.push_back(name);
  for (const document::Entry& entry : node.entries) {
    const std::string& key = entry.key.text;
    if (!seen.insert(key).second) fault(entry.key, fmt::format("key '{}' is given twice", key));
    bool found = false;
    for (const auto& [name, reader] : readers) {
      if (name != key) continue;
      reader(entry.value);
      found = true;
    }
    if (found) continue;
    const std::string near = base::nearest(key, known);
    fault(entry.key, fmt::format("{} has no key '{}'", what, key),
          near.empty() ? fmt::format("known keys: {}", fmt::join(known, ", "))
                       : fmt::format("did you mean '{}'?", near));
  }
}

std::string NodeReader::text(const Node& node) {
  if (node.kind != Kind::scalar) fault(node, "text expected");
  return node.text;
}

std::vector<std::string> NodeReader::texts(const Node& node) {
  std::vector<std::string> list;
  if (node.kind == Kind::scalar) return {node.text};
  if (node.kind != Kind::sequence) {
    fault(node, "a list expected");
    return list;
  }
  for (const Node& item : node.items) list.push_back(text(item));
  return list;
}

}  // namespace sluice::app
