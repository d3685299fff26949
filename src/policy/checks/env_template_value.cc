#include <fmt/format.h>

#include "base/text.h"
#include "document/encoding.h"
#include "finding/fingerprint.h"
#include "policy/checks.h"
#include "policy/dotenv_line.h"
#include "policy/path.h"
#include "policy/placeholder.h"
#include "source/item.h"

namespace sluice::policy {
namespace {

constexpr std::size_t largest_template = 4u << 20;
constexpr std::size_t most_findings = 1000;  // a file

bool is_real(const DotenvAssignment& assignment) {
  const std::string_view password = url_password(assignment.value);
  if (!password.empty()) return looks_real(password);
  return names_secret(assignment.key) && looks_real(assignment.value);
}

std::uint32_t column_of(std::string_view line, const char* at) {
  const auto offset = static_cast<std::size_t>(at - line.data());
  return static_cast<std::uint32_t>(base::count_code_points(line.substr(0, offset)) + 1);
}

Finding tell(const Check& check, const TreeFile& file, std::string_view line,
             const DotenvAssignment& assignment) {
  Finding finding = finding_of(check, file.path);
  const std::string_view value = assignment.value;
  finding.at.column = column_of(line, value.data());
  finding.at.end_column = column_of(line, value.data() + value.size());
  finding.message = fmt::format(
      "{} in this template has what looks like a real value, which everybody with a clone can read",
      code(assignment.key));
  finding.remedy = fmt::format(
      "write {} without a value or with a placeholder such as `changeme`, and rotate the "
      "credential: "
      "the history keeps it",
      code(std::string(assignment.key) + "="));
  finding.excerpt.before = line.substr(0, static_cast<std::size_t>(value.data() - line.data()));
  finding.excerpt.secret = Secret(value);
  finding.origin.object = file.id().hex();
  finding.fingerprint = fingerprint(check.id, fmt::format("{}={}", assignment.key, value));
  return finding;
}

void check_text(const TreeFile& file, std::string_view text, const Check& check,
                FindingSink& sink) {
  std::uint32_t number = 0;
  std::size_t found = 0;
  for (std::string_view line : base::split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto assignment = read_assignment(line);
    if (!assignment || !is_real(*assignment)) continue;
    if (++found > most_findings) {
      sink.add(Problem{fmt::format("more than {} real values; the rest is not told", most_findings),
                       std::string(file.path), "mend the ones that are told and run again"});
      return;
    }
    Finding finding = tell(check, file, line, *assignment);
    finding.at.line = finding.at.end_line = number;
    sink.add(std::move(finding));
  }
}

}  // namespace

void check_env_template_value(const Subject& subject, const Check& check, FindingSink& sink) {
  for (const EnvFile& named : subject.env_files) {
    const TreeFile& file = *named.file;
    if (!file.is_regular() || named.kind != EnvKind::template_file) continue;
    const auto bytes = subject.tree.read(file, largest_template);
    if (!bytes) {
      sink.add(source::to_problem(bytes.error()));
      continue;
    }
    // Dotenv readers take any bytes, so text that is no Unicode is read as it is.
    const auto decoded = document::decode_text(*bytes, std::string(file.path));
    check_text(file, decoded ? *decoded : *bytes, check, sink);
  }
}

}  // namespace sluice::policy
