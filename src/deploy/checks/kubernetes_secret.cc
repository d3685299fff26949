#include <fmt/format.h>

#include "deploy/checks.h"
#include "deploy/literal.h"
#include "deploy/workflow.h"
#include "policy/placeholder.h"

namespace sluice::deploy {

void check_kubernetes_secret(const File& file, const Check& check, FindingSink& sink) {
  const document::Node* const kind = file.root->find("kind");
  if (kind == nullptr || file.root->find("apiVersion") == nullptr) return;
  if (kind->text == "Secret") {
    for (const std::string_view part : {"data", "stringData"}) {
      const document::Node* const data = file.root->find(part);
      if (data == nullptr) continue;
      for (const document::Entry& entry : data->entries)
        if (policy::looks_real(entry.value.text) &&
            entry.value.text.find("{{") == std::string::npos &&
            entry.value.text.find("${") == std::string::npos)
          report_literal(entry.key.text, entry.value, file, check, sink);
    }
    return;
  }
  for_each_entry(*file.root, [&](const document::Entry& entry) {
    if (entry.key.text == "env") report_literals(entry.value, file, check, sink);
    if (kind->text == "ConfigMap" && entry.key.text == "data")
      report_literals(entry.value, file, check, sink);
  });
}

}  // namespace sluice::deploy
