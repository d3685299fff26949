#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "config/environment.h"
#include "project/checks.h"
#include "project/launch.h"
#include "project/selectors.h"

namespace sluice::project {
namespace {

constexpr std::size_t most_named = 5;

// The environment that the launch chooses: what `${APP_ENV:-dev}` chooses by itself is `dev`.
std::string chosen(const Launch& launch, const Selectors& selectors) {
  for (const std::string& variable : selectors.variables) {
    const auto found = launch.variables.find(variable);
    if (found == launch.variables.end()) continue;
    const std::string& value = found->second;
    const std::size_t dash = value.find(":-");
    if (value.starts_with("${") && value.ends_with('}') && dash != std::string::npos) {
      return value.substr(dash + 2, value.size() - dash - 3);
    }
    return value.find('$') == std::string::npos ? value : "";
  }
  return {};
}

const config::Source* source_of(const config::Folder& folder, const std::string& environment) {
  for (const config::Source& source : folder.environments) {
    if (source.environment == environment) return &source;
  }
  return nullptr;
}

class Finder {
 public:
  Finder(const Subject& subject, const Check& check, FindingSink& sink)
      : subject_(subject), check_(check), sink_(sink) {}

  void look(const std::string& path, const document::Document& document) const {
    for (const Launch& launch : launches(document.root)) {
      for (const config::Folder& folder : subject_.folders) {
        const Selectors selectors = selectors_of(folder, subject_.survey, subject_.options);
        const std::string environment = chosen(launch, selectors);
        const config::Source* source = environment.empty() ? nullptr : source_of(folder, environment);
        if (source != nullptr) hold(launch, folder, *source, {path, launch.at.line, launch.at.column,
                                    std::string(document.lines[launch.at.line - 1])});
      }
    }
  }

 private:
  bool is_given_in_image(const std::string& name) const {
    const auto found = subject_.survey.variables.find(name);
    return found != subject_.survey.variables.end() && found->second.is_given_in_image;
  }

  void hold(const Launch& launch, const config::Folder& folder, const config::Source& source,
            const Place& at) const {
    const config::Source* base = folder.base();
    std::vector<const Reference*> missing;
    std::set<std::string> names;
    for (const Reference& reference : subject_.references) {
      if (reference.source->file != source.file && (base == nullptr || reference.source->file != base->file)) continue;
      if (launch.variables.contains(reference.variable) || is_given_in_image(reference.variable)) continue;
      if (names.insert(reference.variable).second) missing.push_back(&reference);
    }
    if (missing.empty()) return;
    std::vector<std::string> shown(names.begin(), names.end());
    if (shown.size() > most_named) {
      shown.resize(most_named);
      shown.push_back(fmt::format("{} more", names.size() - most_named));
    }
    Finding finding = finding_of(
        check_, at,
        fmt::format("`{}` is started as `{}` without {}, which its configuration needs: the value stays "
                    "unresolved, or the loader fails",
                    launch.name, source.environment, fmt::join(shown, ", ")),
        launch.name + " " + source.path());
    for (const Reference* reference : missing) {
      if (finding.related.size() >= most_named) break;
      finding.related.push_back(related(reference->at, "needed here"));
    }
    sink_.add(std::move(finding));
  }

  const Subject& subject_;
  const Check& check_;
  FindingSink& sink_;
};

}  // namespace

void check_unprovided_variable(const Subject& subject, const Check& check, FindingSink& sink) {
  if (subject.references.empty()) return;
  const Finder finder(subject, check, sink);
  for (const std::string& path : subject.files.paths) {
    if (!may_launch(path) || role_of(path) != FileRole::deployment) continue;
    const auto text = subject.files.read(path);  // what cannot be read was told before
    if (!text || (text->find("services") == std::string::npos && text->find("containers") == std::string::npos)) {
      continue;
    }
    const auto document = document::parse_yaml(*text, path);
    if (document) finder.look(path, *document);
  }
}

}  // namespace sluice::project
