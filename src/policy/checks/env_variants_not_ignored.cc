#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "policy/checks.h"
#include "policy/exposure.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

bool is_expected(const EnvPlace& place, const std::string& name) {
  return std::find(place.names.begin(), place.names.end(), name) != place.names.end();
}

// The variants worth a word in `place`: env files by name, neither tracked nor told by ENV001
// already.
std::vector<std::string> variant_paths(const Subject& subject, const EnvPlace& place) {
  std::vector<std::string> paths;
  for (const std::string& name : subject.options.variants) {
    std::string path = join(place.directory, name);
    const bool told = is_expected(place, name) || subject.tree.find(path) != nullptr ||
                      subject.tree.has_directory(path);
    if (!told && subject.names.classify(path) == EnvKind::env_file)
      paths.push_back(std::move(path));
  }
  return paths;
}

void tell(const Exposure& exposure, Finding& finding) {
  std::set<std::string> names;
  for (const std::string& path : exposure.paths) names.insert(code(base_name(path)));
  const bool is_negation = exposure.text.starts_with('!');
  finding.message = is_negation ? fmt::format("{} would be tracked, because {} takes it back in",
                                              fmt::join(names, ", "), describe_line(exposure))
                                : fmt::format("{} ignores `.env`, but not {} beside it",
                                              describe_line(exposure), fmt::join(names, ", "));
  finding.remedy =
      is_negation ? fmt::format("remove line {} of {}", exposure.line, exposure.file)
                  : fmt::format("add the lines `.env.*` and `!.env.example` below line {} of {}",
                                exposure.line, exposure.file);
}

}  // namespace

void check_env_variants_not_ignored(const Subject& subject, const Check& check, FindingSink& sink) {
  Exposures exposures;
  for (const EnvPlace& place : subject.places) {
    const std::string main_path = join(place.directory, ".env");
    const git::IgnoreVerdict main = subject.ignores.check(main_path);
    if (!main.ignored || subject.ignores.is_undecided(main_path)) continue;
    for (std::string& path : variant_paths(subject, place)) {
      const git::IgnoreVerdict verdict = subject.ignores.check(path);
      if (verdict.ignored) continue;
      const git::IgnoreVerdict& decider = verdict.line != 0 ? verdict : main;
      Exposure& exposure = exposures.at(decider.file, decider.line, decider.pattern);
      exposure.paths.push_back(std::move(path));
      exposure.places.push_back(&place);
    }
  }
  for (const auto& [line, exposure] : exposures) {
    Finding finding = finding_of(check, exposure);
    tell(exposure, finding);
    sink.add(std::move(finding));
  }
}

}  // namespace sluice::policy
