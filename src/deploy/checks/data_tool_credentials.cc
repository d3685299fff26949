#include "deploy/checks.h"
#include "deploy/literal.h"

namespace sluice::deploy {

void check_data_tool_credentials(const File& file, const Check& check, FindingSink& sink) {
  for (const document::Entry& section : file.root->entries)
    report_literals(section.value, file, check, sink);
}

}  // namespace sluice::deploy
