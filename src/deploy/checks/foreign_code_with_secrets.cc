#include <fmt/format.h>

#include "deploy/checks.h"
#include "deploy/workflow.h"

namespace sluice::deploy {
namespace {

// `on` is a text, a list or a mapping; to PyYAML its key is the value true.
const document::Node* trigger(const document::Node& root) {
  for (const document::Entry& entry : root.entries) {
    if (entry.key.text != "on") continue;
    if (entry.value.text == "pull_request_target") return &entry.value;
    for (const document::Entry& event : entry.value.entries)
      if (event.key.text == "pull_request_target") return &event.key;
    for (const document::Node& event : entry.value.items)
      if (event.text == "pull_request_target") return &event;
  }
  return nullptr;
}

}  // namespace

void check_foreign_code_with_secrets(const File& file, const Check& check, FindingSink& sink) {
  const document::Node* const at = trigger(*file.root);
  if (at == nullptr) return;
  std::string name;
  for_each_entry(*file.root, [&](const document::Entry& entry) {
    for (const SecretUse& use : secret_uses(entry.value.text))
      if (name.empty()) name = use.name;
  });
  if (name.empty()) return;
  sink.add(finding_of(check, file,
                      {at->mark,
                       fmt::format("`pull_request_target` runs for pull requests of strangers, and "
                                   "`secrets.{}` is used here",
                                   name),
                       name,
                       {}}));
}

}  // namespace sluice::deploy
