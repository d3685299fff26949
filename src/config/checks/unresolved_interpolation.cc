#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "config/checks.h"
#include "config/mask.h"
#include "config/resolution.h"

namespace sluice::config {
namespace {

// Formats of log records are expanded by the logger, not by configparser.
bool is_log_format(const Resolved& found) {
  return found.path.starts_with("formatter") || found.path.ends_with("format") ||
         found.path.find("log") != std::string::npos;
}

// Whether `${word}` in these files means a key at all: a shell or a template writes the same. It does
// where another one leads somewhere, or where the first key of its way is there.
bool is_surely_a_key(const Resolved& found, const Merged& root, bool dialect_in_use) {
  if (found.reference.kind == Reference::Kind::ini_option) return !is_log_format(found);
  if (found.reference.kind == Reference::Kind::near_key) return dialect_in_use;
  const Merged* first = root.find(found.reference.keys.front());
  return dialect_in_use || (found.reference.keys.size() > 1 && first != nullptr);
}

void look(const Folder& folder, const Source* environment, const Options& options,
          std::set<std::string>& seen, Reporter& reporter) {
  const Merged root = merged(folder, environment, options);
  const std::vector<Resolved> all = resolve_references(root);
  const bool dialect_in_use = std::any_of(all.begin(), all.end(), [](const Resolved& found) {
    return found.target != nullptr && found.reference.kind != Reference::Kind::ini_option;
  });
  for (const Resolved& found : all) {
    if (found.target != nullptr || !is_surely_a_key(found, root, dialect_in_use)) continue;
    const Source& source = *found.holder->given.source;
    const std::string identity = found.path + " " + found.reference.text;
    // A base's value is the same in every environment that has not its key.
    if (!seen.insert(source.path() + identity).second) continue;
    Draft draft{source, span_of(*found.holder->given.value), {}, identity, {}, found.is_secret, {}};
    draft.message = fmt::format(
        "`{}` refers to `{}`, and there is no such key{}: the loader fails when the value is first "
        "asked for",
        found.path, shortened(found.reference.text, 80),
        environment == nullptr
            ? std::string()
            : fmt::format(" in {} merged onto the base", environment->environment));
    reporter.report(std::move(draft));
  }
}

}  // namespace

void check_unresolved_interpolation(const Folder& folder, const Options& options,
                                    Reporter& reporter) {
  if (!may_hold_references(folder)) return;
  std::set<std::string> seen;
  for (const Source& source : folder.environments) {
    if (source.mapping() != nullptr) look(folder, &source, options, seen, reporter);
  }
  if (folder.environments.empty()) look(folder, nullptr, options, seen, reporter);
}

}  // namespace sluice::config
