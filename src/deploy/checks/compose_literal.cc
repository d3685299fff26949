#include "deploy/checks.h"
#include "deploy/literal.h"
#include "deploy/workflow.h"

namespace sluice::deploy {

void check_compose_literal(const File& file, const Check& check, FindingSink& sink) {
  for_each_entry(*file.root, [&](const document::Entry& entry) {
    const std::string_view key = entry.key.text;
    if (key == "environment" || key == "args" || key.starts_with("x-"))
      report_literals(entry.value, file, check, sink);
  });
}

}  // namespace sluice::deploy
