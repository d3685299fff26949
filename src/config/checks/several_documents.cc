#include <fmt/format.h>

#include "config/checks.h"

namespace sluice::config {

void check_several_documents(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read() || (*source.document)->documents < 2) return;
    const document::Mark mark = (*source.document)->second_document;
    reporter.report(
        {source,
         {mark, mark},
         fmt::format("{} documents in one file: `yaml.safe_load` refuses it, other readers "
                     "take the first and drop the rest",
                     (*source.document)->documents),
         "documents",
         {},
         false,
         {}});
  });
}

}  // namespace sluice::config
