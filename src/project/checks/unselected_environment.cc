#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "config/environment.h"
#include "config/mask.h"
#include "project/checks.h"
#include "project/selectors.h"

namespace sluice::project {
namespace {

constexpr std::size_t most_places = 5;

Place place_of(const config::Source& source) {
  const document::Mark at = source.section != nullptr ? source.section->mark : document::Mark{};
  const std::string_view line =
      source.is_read() ? (*source.document)->lines[at.line - 1] : std::string_view();
  return {source.path(), at.line, at.column, config::masked_line(line, false)};
}

bool is_same(std::string_view a, std::string_view b) {
  return config::canonical_environment(a) == config::canonical_environment(b);
}

bool is_selected(const std::string& environment, const Selectors& selectors, const Survey& survey) {
  if (survey.mentions.contains(environment)) return true;
  const auto is_it = [&](const std::string& other) { return is_same(other, environment); };
  if (std::any_of(selectors.implied.begin(), selectors.implied.end(), is_it)) return true;
  return std::any_of(survey.selections.begin(), survey.selections.end(),
                     [&](const Selection& selection) { return is_it(selection.value); });
}

bool may_be_anything(const Selectors& selectors, const Survey& survey) {
  return std::any_of(
      selectors.variables.begin(), selectors.variables.end(),
      [&](const std::string& variable) { return survey.open_selections.contains(variable); });
}

}  // namespace

// An environment counts as selected as soon as code, a deployment or a script names it in any way, so that only
// what is surely forgotten is told.
void check_unselected_environment(const Subject& subject, const Check& check, FindingSink& sink) {
  for (const config::Folder& folder : subject.folders) {
    const Selectors selectors = selectors_of(folder, subject.survey, subject.options);
    const auto selections = selections_of(selectors, subject.survey);
    if (selectors.is_chosen_outside || selections.empty() || may_be_anything(selectors, subject.survey)) continue;
    for (const config::Source& source : folder.environments) {
      if (is_selected(source.environment, selectors, subject.survey)) continue;
      const std::string& variable = selections.front()->variable;
      Finding finding = finding_of(
          check, place_of(source),
          fmt::format("nothing in the project selects `{}`: {} is never given this value, and no code, "
                      "workflow or compose file names it",
                      config::shortened(source.environment, 80), variable),
          source.environment);
      std::set<std::string> told;
      for (const Selection* selection : selections) {
        if (told.size() >= most_places || !told.insert(selection->value).second) continue;
        finding.related.push_back(
            related(selection->at, fmt::format("this selects `{}`", selection->value)));
      }
      sink.add(std::move(finding));
    }
  }
}

}  // namespace sluice::project
