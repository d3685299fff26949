#include "project/selectors.h"

#include <algorithm>

#include "base/text.h"

namespace sluice::project {
namespace {

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// How the names of its files begin: `config_` of `config_base + config_<env>`.
std::string beginning_of(const config::Folder& folder) {
  const std::size_t plus = folder.layout.find(" + ");
  if (plus == std::string::npos) return {};
  const std::string environments = folder.layout.substr(plus + 3);
  const std::size_t hole = environments.find_first_of("<{");
  if (hole != 0) return environments.substr(0, hole);
  const std::size_t slash = folder.path.rfind('/');
  return folder.path.substr(slash == std::string::npos ? 0 : slash + 1) + "/";
}

Selectors usual(const config::Folder& folder) {
  const std::string& layout = folder.layout;
  if (folder.strategy == config::Strategy::helm) return {};
  if (folder.strategy == config::Strategy::dotnet) {
    return {{"ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"}, {"Development", "Production"}, false, true};
  }
  if (layout.starts_with("application +")) return {{"SPRING_PROFILES_ACTIVE"}, {}, false, true};
  if (layout.starts_with("[default]") || layout.starts_with("settings +")) {
    return {{"ENV_FOR_DYNACONF"}, {}, false, true};
  }
  if (layout.starts_with("base/")) return {{"KEDRO_ENV", "APP_ENV"}, {"local"}, false, false};
  if (layout.starts_with("default")) {
    return {{"NODE_ENV", "NODE_CONFIG_ENV", "APP_ENV"}, {"development", "dev", "local"}, false, false};
  }
  return {{"APP_ENV", "APP_ENVIRONMENT", "APPLICATION_ENV", "CONFIG_ENV", "MLOPS_ENV"}, {}, true, false};
}

}  // namespace

Selectors selectors_of(const config::Folder& folder, const Survey& survey,
                       const config::Options& options) {
  Selectors selectors = usual(folder);
  if (!options.selectors.empty()) {
    selectors.variables = options.selectors;
    return selectors;
  }
  if (selectors.variables.empty()) return selectors;
  const auto readers = survey.readers.find(beginning_of(folder));
  if (readers == survey.readers.end()) {
    selectors.needs_file = selectors.needs_file && folder.is_surely_merged;
    return selectors;
  }
  for (const std::string& variable : readers->second) {
    if (!has(selectors.variables, variable)) selectors.variables.push_back(variable);
  }
  return selectors;
}

std::vector<const Selection*> selections_of(const Selectors& selectors, const Survey& survey) {
  std::vector<const Selection*> mine;
  for (const Selection& selection : survey.selections) {
    if (has(selectors.variables, selection.variable)) mine.push_back(&selection);
  }
  return mine;
}

}  // namespace sluice::project
