#include "policy/exposure.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "finding/fingerprint.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

constexpr std::size_t most_related = 100;

Related related_of(const std::string& path, const EnvPlace& place) {
  Related related;
  related.path = place.evidence.empty() ? path : place.evidence;
  related.message = fmt::format("{} would not be ignored", code(path));
  if (!place.evidence.empty())
    related.message += fmt::format(", and {} lies beside it", code(base_name(place.evidence)));
  return related;
}

std::vector<Related> related_of(const Exposure& exposure) {
  std::vector<Related> list;
  const bool only_top = exposure.paths.size() == 1 && exposure.places.front()->evidence.empty();
  if (only_top) return list;
  for (std::size_t i = 0; i < exposure.paths.size() && i < most_related; ++i)
    list.push_back(related_of(exposure.paths[i], *exposure.places[i]));
  if (exposure.paths.size() > most_related)
    list.back().message += fmt::format(" (and {} more)", exposure.paths.size() - most_related);
  return list;
}

}  // namespace

Exposure& Exposures::at(const std::string& file, std::size_t line, const std::string& text) {
  Exposure& exposure = by_line_[{file, line}];
  exposure.file = file;
  exposure.line = line;
  exposure.text = text;
  return exposure;
}

Finding finding_of(const Check& check, const Exposure& exposure) {
  Finding finding = finding_of(check, exposure.file.empty() ? ".gitignore" : exposure.file);
  if (exposure.line != 0) {
    finding.at.line = finding.at.end_line = static_cast<std::uint32_t>(exposure.line);
    finding.at.column = 1;
    finding.at.end_column = static_cast<std::uint32_t>(base::count_code_points(exposure.text) + 1);
    finding.excerpt.before = exposure.text;
  }
  finding.related = related_of(exposure);
  finding.fingerprint = fingerprint(
      check.id,
      fmt::format("{}\n{}\n{}", exposure.file, exposure.text, fmt::join(exposure.paths, "\n")));
  return finding;
}

std::string describe_line(const Exposure& exposure) {
  return fmt::format("line {} of {} ({})", exposure.line, exposure.file, code(exposure.text));
}

}  // namespace sluice::policy
