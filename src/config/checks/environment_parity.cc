#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "config/checks.h"
#include "config/composition.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

struct Setter {
  const Source* source;
  Span span;
};

struct Extra {
  std::string path;
  bool is_secret = false;
  std::vector<Setter> setters;
};

// Spring runs several profiles at once, and `docker-prod` may be one beside `prod`.
bool stands_alone(const Source& source, const Folder& folder) {
  return !folder.layout.starts_with("application ") ||
         source.environment.find_first_of("-_.") == std::string::npos;
}

}  // namespace

// A key that the base lacks and that most environments give: those without it fail where it is asked for.
void check_environment_parity(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  // Hydra's files name the parts that they are made of, so that each may have others.
  if (!folder.is_surely_merged || is_composed(folder)) return;
  std::map<std::string, Extra> extras;
  std::vector<const Source*> sources;
  for (const Comparison& each : subject.comparisons) {
    if (stands_alone(each.source, folder)) sources.push_back(&each.source);
  }
  for_each_match(subject, [&](const Source& source, const Source&, const Match& match) {
    const bool is_open_place = match.other_mapping.entries.empty() && match.path.depth() > 1;
    if (match.other != nullptr || is_open_place || !stands_alone(source, folder)) return;
    Extra& extra = extras[match.path.identity()];
    extra.path = match.path.dotted();
    extra.is_secret = match.path.is_secret();
    extra.setters.push_back({&source, span_of(match.entry)});
  });
  for (const auto& [identity, extra] : extras) {
    const bool do_most_give_it = extra.setters.size() * 2 > sources.size();
    if (extra.setters.size() < 2 || !do_most_give_it || extra.setters.size() == sources.size()) continue;
    std::vector<std::string> names;
    for (const Setter& setter : extra.setters) names.push_back(setter.source->environment);
    for (const Source* source : sources) {
      const auto gives = [&](const Setter& setter) { return setter.source == source; };
      if (std::any_of(extra.setters.begin(), extra.setters.end(), gives)) continue;
      const document::Mark start = source->mapping()->mark;
      Draft draft{*source, {start, start}, {}, identity, {}, extra.is_secret, {}};
      draft.message = fmt::format(
          "`{}` is given in {} and neither here nor in {}: a program that asks for it fails in `{}` "
          "alone",
          extra.path, fmt::join(names, ", "), folder.base()->name(), source->environment);
      for (std::size_t i = 0; i < std::min<std::size_t>(extra.setters.size(), 3); ++i) {
        const Setter& setter = extra.setters[i];
        draft.related.push_back(
            Reporter::related(*setter.source, setter.span.start, "given here", extra.is_secret));
      }
      reporter.report(std::move(draft));
    }
  }
}

}  // namespace sluice::config
