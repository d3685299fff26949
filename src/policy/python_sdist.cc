#include "policy/python_sdist.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "base/glob.h"
#include "base/text.h"
#include "document/node.h"

namespace sluice::policy {
namespace {

using document::Kind;
using document::Node;

constexpr std::string_view env = ".env";

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (const std::string_view word : base::split(line, ' ')) {
    if (const std::string_view trimmed = base::trim(word); !trimmed.empty()) words.push_back(trimmed);
  }
  return words;
}

const Node* at(const Node& root, std::initializer_list<std::string_view> keys) {
  const Node* node = &root;
  for (const std::string_view key : keys) {
    if (node != nullptr) node = node->find(key);
  }
  return node;
}

// A list of globs, some of them as `{path: ..., format: ...}`.
SdistInclude find_in(const Node* list) {
  if (list == nullptr || list->kind != Kind::sequence) return {};
  for (const Node& item : list->items) {
    const Node* pattern = item.kind == Kind::mapping ? item.find("path") : &item;
    if (pattern == nullptr || pattern->kind != Kind::scalar) continue;
    std::string_view glob = pattern->text;
    if (glob.starts_with("/")) glob.remove_prefix(1);
    if (base::wildmatch(glob, env)) return {pattern->mark.line, pattern->text};
  }
  return {};
}

}  // namespace

SdistInclude sdist_include_of_manifest(std::string_view text) {
  SdistInclude found;
  std::uint32_t number = 0;
  for (const std::string_view line : base::split(text, '\n')) {
    ++number;
    const std::vector<std::string_view> words = words_of(line.substr(0, line.find('#')));
    if (words.size() < 2) continue;
    const std::string_view command = words[0];
    const bool grafts = command == "graft" && (words[1] == "." || words[1] == "./");
    const bool takes = command == "include" || command == "global-include";
    const bool drops = command == "exclude" || command == "global-exclude";
    if (!grafts && !takes && !drops) continue;
    const auto hit = std::find_if(words.begin() + 1, words.end(), [&](std::string_view pattern) {
      return grafts || base::wildmatch(pattern, env);
    });
    if (hit == words.end()) continue;
    found = drops ? SdistInclude{} : SdistInclude{number, std::string(base::trim(line))};
  }
  return found;
}

SdistInclude sdist_include_of_pyproject(const std::string& text) {
  const auto document = document::parse_toml(text, "pyproject.toml");
  if (!document) return {};
  const Node& root = document->root;
  for (const Node* list :
       {at(root, {"tool", "poetry", "include"}), at(root, {"tool", "hatch", "build", "artifacts"}),
        at(root, {"tool", "hatch", "build", "targets", "sdist", "artifacts"}),
        at(root, {"tool", "flit", "sdist", "include"}), at(root, {"tool", "pdm", "build", "includes"}),
        at(root, {"tool", "pdm", "build", "source-includes"})}) {
    if (SdistInclude found = find_in(list); found.line != 0) return found;
  }
  const Node* ignores_git = at(root, {"tool", "hatch", "build", "ignore-vcs"});
  if (ignores_git == nullptr || ignores_git->text != "true") return {};
  for (const Node* list : {at(root, {"tool", "hatch", "build", "include"}),
                           at(root, {"tool", "hatch", "build", "targets", "sdist", "include"})}) {
    if (SdistInclude found = find_in(list); found.line != 0) return found;
  }
  return {};
}

}  // namespace sluice::policy
