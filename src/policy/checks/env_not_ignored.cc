#include <fmt/format.h>

#include "policy/checks.h"
#include "policy/exposure.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

std::string subject_of(const Exposure& exposure) {
  const std::size_t others = exposure.paths.size() - 1;
  if (others == 0) return code(exposure.paths.front()) + " is";
  return fmt::format("{} and {} more are", code(exposure.paths.front()), others);
}

void tell_missing(const Exposure& exposure, bool has_top_file, Finding& finding) {
  finding.message = fmt::format(
      "{} not ignored by any tracked .gitignore, so `git add .` would commit what is in there "
      "(.git/info/exclude and a global excludes file protect one machine only)",
      subject_of(exposure));
  if (!has_top_file)
    finding.remedy =
        "make a .gitignore with the lines `.env`, `.env.*` and `!.env.example` at the "
        "top and commit it";
}

void tell_negation(const Exposure& exposure, Finding& finding) {
  finding.message = fmt::format("{} not ignored, because {} takes it back in", subject_of(exposure),
                                describe_line(exposure));
  finding.remedy = fmt::format("remove line {} of {}, or put the rule for `.env` below it",
                               exposure.line, exposure.file);
}

void tell_trap(const Exposure& exposure, const IgnoreTrap& trap, Finding& finding) {
  finding.message = fmt::format("{} not ignored: {} does not match, for {}", subject_of(exposure),
                                describe_line(exposure), trap.why);
  finding.remedy = trap.instead.empty() ? fmt::format("save {} as UTF-8 and commit it", trap.file)
                                        : fmt::format("write {} in line {} of {} and commit it",
                                                      code(trap.instead), trap.line, trap.file);
}

}  // namespace

void check_env_not_ignored(const Subject& subject, const Check& check, FindingSink& sink) {
  Exposures exposures;
  for (const EnvPlace& place : subject.places) {
    for (const std::string& name : place.names) {
      const std::string path = join(place.directory, name);
      if (subject.ignores.is_undecided(path)) continue;
      const git::IgnoreVerdict verdict = subject.ignores.check(path);
      if (verdict.ignored) continue;
      const auto trap = verdict.line == 0 ? subject.ignores.find_trap(path) : std::nullopt;
      Exposure& exposure = trap ? exposures.at(trap->file, trap->line, trap->text)
                                : exposures.at(verdict.file, verdict.line, verdict.pattern);
      exposure.paths.push_back(path);
      exposure.places.push_back(&place);
    }
  }
  for (const auto& [line, exposure] : exposures) {
    Finding finding = finding_of(check, exposure);
    const auto trap = subject.ignores.find_trap(exposure.paths.front());
    if (exposure.line == 0)
      tell_missing(exposure, subject.ignores.has_top_file(), finding);
    else if (subject.ignores.check(exposure.paths.front()).line != 0 || !trap)
      tell_negation(exposure, finding);
    else
      tell_trap(exposure, *trap, finding);
    sink.add(std::move(finding));
  }
}

}  // namespace sluice::policy
