#include <fmt/format.h>

#include "deploy/checks.h"
#include "deploy/literal.h"
#include "deploy/workflow.h"

namespace sluice::deploy {

// In `env:` and `with:` of workflow, job and step, and in a container's credentials.
void check_workflow_literal(const File& file, const Check& check, FindingSink& sink) {
  for_each_entry(*file.root, [&](const document::Entry& entry) {
    const std::string_view key = entry.key.text;
    if (key == "env" || key == "with" || key == "credentials")
      report_literals(entry.value, file, check, sink);
  });
}

}  // namespace sluice::deploy
