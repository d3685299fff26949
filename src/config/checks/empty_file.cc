#include "config/checks.h"

namespace sluice::config {

void check_empty_file(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read() || (*source.document)->root.kind != document::Kind::null) return;
    const bool is_base = source.environment.empty();
    reporter.report(
        {source,
         {},
         is_base ? "the base is empty: there is nothing to hold an environment against"
                 : "the file is empty: the loader gets null, not a mapping, and the merge fails "
                   "or is skipped",
         "empty",
         is_base ? "write every key and its default" : "",
         false,
         {},
         is_base && subject.folder.base_is_whole ? Severity::critical : Severity::low});
  });
}

}  // namespace sluice::config
