#include <fmt/format.h>

#include "config/checks.h"
#include "config/values.h"

namespace sluice::config {

void check_root_kind(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read()) return;
    const document::Node& root = (*source.document)->root;
    if (root.kind == document::Kind::mapping || root.kind == document::Kind::null) return;
    reporter.report(
        {source,
         {root.mark, root.mark},
         fmt::format("the file holds {}, not a mapping: a merge needs keys", describe(root)),
         "root",
         {},
         true,
         {}});
  });
}

}  // namespace sluice::config
