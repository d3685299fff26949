#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "config/checks.h"
#include "config/composition.h"
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

// The entry that was probably meant where the way of `reference` breaks off; null when none is near.
const Merged::Entry* nearest(const Merged& root, const Reference& reference) {
  if (reference.kind != Reference::Kind::key) return nullptr;
  const Merged* at = &root;
  for (const std::string& key : reference.keys) {
    if (const Merged* next = at->find(key)) {
      at = next;
      continue;
    }
    std::vector<std::string> known;
    for (const Merged::Entry& entry : at->entries) known.push_back(entry.key->text);
    const std::string near = base::nearest(key, known);
    const auto found = std::find_if(at->entries.begin(), at->entries.end(),
                                    [&](const Merged::Entry& entry) { return entry.key->text == near; });
    return near.empty() || found == at->entries.end() ? nullptr : &*found;
  }
  return nullptr;
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
    if (const Merged::Entry* near = nearest(root, found.reference)) {
      const std::string name = shortened(near->key->text, 80);
      draft.message += fmt::format("; did you mean `{}`?", name);
      draft.remedy = fmt::format("refer to `{}`, or add the key", name);
      draft.related.push_back(Reporter::related(*near->value.given.source, near->key->mark,
                                                fmt::format("`{}` is here", name), found.is_secret));
    }
    reporter.report(std::move(draft));
  }
}

}  // namespace

void check_unresolved_interpolation(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  if (!may_hold_references(folder) || is_composed(folder)) return;
  std::set<std::string> seen;
  for (const Source& source : folder.environments) {
    if (source.mapping() != nullptr) look(folder, &source, subject.options, seen, reporter);
  }
  if (folder.environments.empty()) look(folder, nullptr, subject.options, seen, reporter);
}

}  // namespace sluice::config
