#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "deploy/checks.h"
#include "deploy/iam.h"
#include "deploy/secret_grant.h"

namespace sluice::deploy {
namespace {

bool is_everything(std::string_view action) {
  return base::equals_ignoring_case(action, "secretsmanager:*");
}

// `*`, or every secret of an account: `arn:aws:secretsmanager:*:*:secret:*`.
bool is_any_secret(std::string_view resource) {
  return resource == "*" ||
         (resource.starts_with("arn:") && resource.find(":secretsmanager:") != resource.npos &&
          (resource.ends_with(":secret:*") || resource.ends_with(":*:*")));
}

}  // namespace

void check_iam_too_wide(const File& file, const Check& check, FindingSink& sink) {
  // An action `"*"` is about secrets, too.
  const std::string_view text = file.lines.text();
  if (text.find("secretsmanager:") == text.npos && text.find("\"*\"") == text.npos) return;
  for (const IamStatement& statement : read_iam_statements(file.lines.text())) {
    const auto& actions = statement.actions;
    if (statement.is_denial) continue;
    if (std::any_of(actions.begin(), actions.end(), is_everything)) {
      sink.add(finding_of(check, file,
                          {{statement.line, 1},
                           "who may do everything with secrets may change and delete them, too",
                           fmt::format("{}", fmt::join(statement.resources, " ")),
                           {}}));
    } else if (std::any_of(actions.begin(), actions.end(), reads_secrets) &&
               std::any_of(statement.resources.begin(), statement.resources.end(), is_any_secret)) {
      sink.add(finding_of(check, file,
                          {{statement.line, 1},
                           "every secret of the account can be read, those of other environments "
                           "among them",
                           fmt::format("{}", fmt::join(actions, " ")),
                           {}}));
    }
  }
}

}  // namespace sluice::deploy
