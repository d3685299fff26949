#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "config/environment.h"
#include "config/mask.h"
#include "project/checks.h"
#include "project/selectors.h"

namespace sluice::project {
namespace {

// Values that stand for the base, or for nothing yet.
constexpr std::array<std::string_view, 12> no_environments = {
    "base", "default", "none", "null", "true", "false", "env", "environment",
    "str",  "string",  "your", "unknown"};

bool is_name(std::string_view value) {
  const std::string lower = base::to_lower(value);
  const auto is_right = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  return lower.size() >= 2 && lower.size() <= 32 && lower[0] >= 'a' && lower[0] <= 'z' &&
         std::all_of(lower.begin(), lower.end(), is_right) &&
         std::find(no_environments.begin(), no_environments.end(), lower) == no_environments.end();
}

const config::Source* file_for(const config::Folder& folder, const std::string& value, bool takes_spellings) {
  const std::string canonical = config::canonical_environment(value);
  for (const config::Source& source : folder.environments) {
    if (source.environment == value) return &source;
    if (takes_spellings && config::canonical_environment(source.environment) == canonical) return &source;
  }
  return nullptr;
}

// Whether a file of any configuration is for it: a program with several has them side by side.
bool has_file(const Subject& subject, const std::string& value, bool takes_spellings) {
  return std::any_of(subject.folders.begin(), subject.folders.end(), [&](const config::Folder& folder) {
    return file_for(folder, value, takes_spellings) != nullptr;
  });
}

// What is wrong with the value; empty when nothing is.
std::string fault_of(const Subject& subject, const config::Folder& folder, const Selection& selection) {
  const std::string& value = selection.value;
  if (!is_name(value) || has_file(subject, value, false)) return {};
  if (!has_file(subject, value, true)) {
    return fmt::format("{} is `{}` here, and beside {} there is no file for it: a loader that merges one "
                       "fails, or runs on the base alone",
                       selection.variable, value, folder.bases.front().name());
  }
  const config::Source* other = file_for(folder, value, true);
  if (other == nullptr || other->section != nullptr ||
      subject.survey.known_by_two_names.contains(other->environment)) {
    return {};
  }
  return fmt::format("{} is `{}` here, and its file is called {}: a loader that puts the value into the "
                     "file's name does not find it",
                     selection.variable, value, other->name());
}

}  // namespace

void check_environment_without_file(const Subject& subject, const Check& check, FindingSink& sink) {
  std::set<std::string> told;
  for (const config::Folder& folder : subject.folders) {
    const Selectors selectors = selectors_of(folder, subject.survey, subject.options);
    if (!selectors.needs_file || folder.bases.empty() || folder.environments.empty()) continue;
    for (const Selection* selection : selections_of(selectors, subject.survey)) {
      if (selection->role == FileRole::test || selection->role == FileRole::documentation) continue;
      std::string fault = fault_of(subject, folder, *selection);
      if (fault.empty() || !told.insert(selection->value).second) continue;
      const config::Source& base = folder.bases.front();
      Finding finding = finding_of(check, selection->at, std::move(fault), selection->value);
      finding.at.end_column =
          finding.at.column + static_cast<std::uint32_t>(base::count_code_points(selection->value));
      finding.related.push_back({base.path(), 1, 1, "the base", {}});
      sink.add(std::move(finding));
    }
  }
}

}  // namespace sluice::project
