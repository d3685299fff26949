#include <fmt/format.h>

#include <string_view>

#include "base/text.h"
#include "config/checks.h"

namespace sluice::config {
namespace {

std::string_view extension(std::string_view path) { return path.substr(path.rfind('.') + 1); }

// What both names share up to the part that differs, in lower case.
bool differ_in_case(std::string_view a, std::string_view b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const bool is_same = a[i] == b[i];
    if (!is_same && !base::equals_ignoring_case(a.substr(i, 1), b.substr(i, 1))) return false;
    if (!is_same) return true;
  }
  return false;
}

}  // namespace

// A loader makes both names by one rule, so that one of two spellings is not found.
void check_file_name(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  const Source* base = folder.base();
  if (base == nullptr || folder.bases.size() > 1) return;
  for (const Source& source : folder.environments) {
    if (source.section != nullptr) continue;
    const std::string mine = source.name();
    const std::string theirs = base->name();
    const bool other_extension = extension(mine) != extension(theirs);
    const bool other_case = differ_in_case(mine.substr(0, mine.rfind('.')),
                                           theirs.substr(0, theirs.rfind('.')));
    if (!other_extension && !other_case) continue;
    Draft draft{source, {}, {}, "name", {}, false, {}};
    draft.message = fmt::format(
        "{} and {} differ in {}: a loader that makes both names by one rule does not find one of them",
        mine, theirs,
        other_extension && other_case ? "their extension and in letter case"
        : other_extension             ? "their extension"
                                      : "letter case");
    draft.remedy = other_extension && !other_case ? fmt::format("give both the extension `.{}`", extension(theirs))
                                                  : "spell both names alike";
    draft.related.push_back(Reporter::related(*base, {}, "the base", false));
    // Where each stands alone, nobody need make one name of the other.
    if (!folder.is_surely_merged) draft.at_most = Severity::low;
    reporter.report(std::move(draft));
  }
}

}  // namespace sluice::config
