#include "deploy/checks.h"
#include "deploy/literal.h"
#include "deploy/workflow.h"

namespace sluice::deploy {

void check_literal_beside_references(const File& file, const Check& check, FindingSink& sink) {
  for_each_entry(*file.root, [&](const document::Entry& entry) {
    if (is_secret_literal(entry.key.text, entry.value))
      report_literal(entry.key.text, entry.value, file, check, sink);
  });
}

}  // namespace sluice::deploy
