#include <fmt/format.h>

#include "config/checks.h"

namespace sluice::config {
namespace {

// Spring makes a profile of each document.
bool is_of_spring(const Folder& folder, const Source& source) {
  return folder.layout.starts_with("application ") && source.file->text.find("spring") != std::string::npos;
}

}  // namespace

void check_several_documents(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read() || (*source.document)->documents < 2) return;
    const document::Mark mark = (*source.document)->second_document;
    const std::size_t count = (*source.document)->documents;
    Draft draft{source, {mark, mark}, {}, "documents", {}, false, {}};
    if (is_of_spring(subject.folder, source)) {
      draft.message = fmt::format("{} documents in one file, of which only the first is checked here", count);
      draft.remedy = "give each profile a file of its own: application-<profile>.yml";
      draft.at_most = Severity::low;
    } else {
      draft.message = fmt::format("{} documents in one file: `yaml.safe_load` refuses it, other readers "
                                  "take the first and drop the rest",
                                  count);
    }
    reporter.report(std::move(draft));
  });
}

}  // namespace sluice::config
