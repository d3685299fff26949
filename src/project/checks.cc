#include "project/checks.h"

#include <array>
#include <utility>

#include "config/mask.h"
#include "finding/fingerprint.h"

namespace sluice::project {
namespace {

constexpr std::array<Check, 5> rows = {{
    {"CFG027", "unselected-environment", "Nothing selects an environment that has a file",
     Severity::low, "remove the file, or let a deployment select it", check_unselected_environment},
    {"CFG028", "environment-without-file", "An environment is selected that has no file",
     Severity::medium, "write the file, or select an environment that has one",
     check_environment_without_file},
    {"CFG029", "undeclared-variable", "Nothing declares or provides a variable that a configuration needs",
     Severity::medium, "name it in the .env.example, or give it a default",
     check_undeclared_variable},
    {"CFG030", "unprovided-variable", "A deployment does not hand over a variable that its configuration needs",
     Severity::low, "hand it over there, or give it a default", check_unprovided_variable},
    {"ENV009", "unused-variable", "Nothing uses a variable of an env template", Severity::low,
     "take it out, or comment it out where it is optional", check_unused_variable},
}};

}  // namespace

std::span<const Check> checks() { return rows; }

Finding finding_of(const Check& check, const Place& at, std::string message,
                   std::string_view identity) {
  Finding finding;
  finding.rule = check.id;
  finding.title = check.help;
  finding.severity = check.severity;
  finding.confidence = Confidence::high;
  finding.message = std::move(message);
  finding.remedy = check.remedy;
  finding.at = {at.path, at.line, at.column, at.line, at.column};
  finding.paths = {at.path};
  finding.origin.kind = OriginKind::file;
  finding.fingerprint = fingerprint(check.id, at.path + "\n" + std::string(identity));
  finding.excerpt.before = config::masked_line(at.excerpt, false);
  return finding;
}

Related related(const Place& at, std::string message) {
  return {at.path, at.line, at.column, std::move(message), config::masked_line(at.excerpt, false)};
}

}  // namespace sluice::project
