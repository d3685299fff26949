#include "policy/checks.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "policy/check.h"

namespace sluice::policy {
namespace {

constexpr std::array<Check, 9> rows = {{
    {"ENV001", "env-not-ignored", "No tracked .gitignore rule keeps a .env out", Severity::high,
     "add the lines `.env`, `.env.*` and `!.env.example` to the .gitignore at the top and commit "
     "it",
     check_env_not_ignored},
    {"ENV002", "env-tracked", "An env file is tracked", Severity::high,
     "`git rm --cached` it, ignore it, and rotate what it held: the history keeps it",
     check_env_tracked},
    {"ENV003", "env-template-value", "An env template holds what looks like a real value",
     Severity::high,
     "put a placeholder such as `changeme` or nothing in its place, and rotate the credential",
     check_env_template_value},
    {"ENV004", "env-variants-not-ignored", ".env is ignored, but .env.local and its like are not",
     Severity::low, "add the lines `.env.*` and `!.env.example` below the rule for `.env`",
     check_env_variants_not_ignored},
    {"ENV005", "env-in-history", "An env file is in the history", Severity::high,
     "rotate every credential that it ever held, then take it out with git-filter-repo", nullptr},
    {"ENV006", "env-portability", "Readers of env files do not agree on a line of a template",
     Severity::low, "write it in the form that all readers take alike", check_env_portability},
    {"ENV007", "env-template-parity", "Templates of several environments do not name the same keys",
     Severity::low, "name the key in each, or comment it out where it is optional",
     check_env_template_parity},
    {"ENV008", "env-in-build-context", "A build or upload would carry a .env along", Severity::medium,
     "leave `.env*` out of it", check_env_in_build_context},
    {"ENV010", "secret-file-tracked", "A file that is there for secrets is tracked", Severity::high,
     "`git rm --cached` it, ignore it, and rotate what it held: the history keeps it",
     check_secret_file_tracked},
}};

}  // namespace

std::span<const Check> checks() { return rows; }

const Check& check_by_id(std::string_view id) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Check& check) { return check.id == id; });
  assert(found != rows.end());
  return *found;
}

Finding finding_of(const Check& check, std::string_view path) {
  Finding finding;
  finding.rule = check.id;
  finding.title = check.help;
  finding.severity = check.severity;
  finding.confidence = Confidence::high;
  finding.remedy = check.remedy;
  finding.at.path = path;
  finding.paths = {std::string(path)};
  finding.origin.kind = OriginKind::tree;
  return finding;
}

void check_env(const Tree& tree, const EnvOptions& options, FindingSink& sink) {
  const EnvNames names(options);
  const TrackedIgnores ignores(tree, sink);
  const std::vector<EnvFile> files = env_files(tree, names);
  const std::vector<EnvPlace> places = env_places(tree, names, files);
  const Subject subject{tree, options, names, ignores, places, files};
  for (const Check& check : rows)
    if (check.run != nullptr) check.run(subject, check, sink);
}

}  // namespace sluice::policy
