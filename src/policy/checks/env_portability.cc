#include <fmt/format.h>

#include "base/text.h"
#include "finding/fingerprint.h"
#include "policy/checks.h"
#include "policy/dotenv_portability.h"
#include "policy/path.h"
#include "source/item.h"

namespace sluice::policy {
namespace {

constexpr std::size_t largest_template = 4u << 20;
constexpr std::size_t most_findings = 1000;  // a file

std::uint32_t column_at(std::string_view line, std::size_t byte) {
  return static_cast<std::uint32_t>(base::count_code_points(line.substr(0, byte)) + 1);
}

Finding tell(const Check& check, const TreeFile& file, std::string_view line,
             const DotenvDifference& difference) {
  Finding finding = finding_of(check, file.path);
  finding.at.line = finding.at.end_line = static_cast<std::uint32_t>(difference.line);
  finding.at.column = column_at(line, difference.start);
  finding.at.end_column = column_at(line, difference.end);
  finding.message = difference.key.empty()
                        ? fmt::format("not every reader takes this file alike: {}", difference.readings)
                        : fmt::format("not every reader takes {} alike: {}", code(difference.key),
                                      difference.readings);
  finding.remedy = difference.form;
  // A value may be a secret where it should not be: it is shown as one.
  finding.excerpt.before = line.substr(0, difference.start);
  if (difference.is_about_value) {
    finding.excerpt.secret = Secret(line.substr(difference.start, difference.end - difference.start));
  } else {
    finding.excerpt.before = line.substr(0, difference.end);
  }
  finding.origin.object = file.id().hex();
  finding.fingerprint = fingerprint(
      check.id, fmt::format("{}\n{}\n{}", file.path, difference.key, difference.readings));
  return finding;
}

}  // namespace

void check_env_portability(const Subject& subject, const Check& check, FindingSink& sink) {
  for (const EnvFile& named : subject.env_files) {
    const TreeFile& file = *named.file;
    if (!file.is_regular() || named.kind != EnvKind::template_file) continue;
    // What cannot be read is told by the check of template values.
    const auto bytes = subject.tree.read(file, largest_template);
    if (!bytes || bytes->find('\0') != std::string::npos) continue;
    const std::vector<std::string_view> lines = base::split(*bytes, '\n');
    std::size_t found = 0;
    for (const DotenvDifference& difference : dotenv_differences(*bytes)) {
      if (++found > most_findings) break;
      sink.add(tell(check, file, lines[difference.line - 1], difference));
    }
  }
}

}  // namespace sluice::policy
