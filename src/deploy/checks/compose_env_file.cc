#include <fmt/format.h>

#include "deploy/checks.h"
#include "document/node.h"
#include "policy/path.h"
#include "policy/placeholder.h"
#include "policy/tree.h"

namespace sluice::deploy {
namespace {

using document::Node;

constexpr std::size_t largest = 1u << 20;

// The first key in an env file that names a secret and has a value that looks real; empty: none.
std::string secret_in(const policy::Tree& tree, const policy::TreeFile& entry) {
  const auto text = tree.read(entry, largest);
  const auto document = text ? document::parse_dotenv(*text, std::string(entry.path))
                             : Result<document::Document>(tl::unexpected<Error>(text.error()));
  if (!document) return {};
  for (const document::Entry& one : document->root.entries)
    if (policy::names_secret(one.key.text) && policy::looks_real(one.value.text))
      return one.key.text;
  return {};
}

void check_path(const Node& node, const File& file, const Check& check, FindingSink& sink) {
  const auto path = policy::path_from(policy::directory_of(file.path), node.text);
  if (!path) return;
  const policy::TreeFile* const entry = file.tree->find(*path);
  if (entry == nullptr || !entry->is_regular() || entry->is_unmerged()) return;
  const std::string secret = secret_in(*file.tree, *entry);
  Finding finding = finding_of(
      check, file,
      {node.mark,
       secret.empty()
           ? fmt::format("Git tracks `{}`, so what is added to it later is published", *path)
           : fmt::format("Git tracks `{}`, which holds a value for `{}`", *path, secret),
       *path,
       {}});
  if (secret.empty()) finding.severity = Severity::low;
  sink.add(std::move(finding));
}

}  // namespace

// `env_file` of a service is a path, or a list of paths and of `{path: ..., required: ...}` (Compose
// specification, "env_file").
void check_compose_env_file(const File& file, const Check& check, FindingSink& sink) {
  const Node* const services = file.root->find("services");
  if (services == nullptr || file.tree == nullptr) return;
  for (const document::Entry& service : services->entries) {
    const Node* const files = service.value.find("env_file");
    if (files == nullptr) continue;
    if (files->kind == document::Kind::scalar) check_path(*files, file, check, sink);
    for (const Node& item : files->items) {
      const Node* const path = item.kind == document::Kind::scalar ? &item : item.find("path");
      if (path != nullptr) check_path(*path, file, check, sink);
    }
  }
}

}  // namespace sluice::deploy
