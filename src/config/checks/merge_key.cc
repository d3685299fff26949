#include "document/merge_key.h"

#include <fmt/format.h>

#include <unordered_map>

#include "config/checks.h"
#include "config/walk.h"
#include "document/scalar.h"

namespace sluice::config {
namespace {

using document::EffectiveEntry;
using document::Entry;
using document::Kind;
using document::Node;

class Finder {
 public:
  Finder(const Source& source, Reporter& reporter) : source_(source), reporter_(reporter) {}

  void look(const KeyPath& path, const Node& mapping) {
    const Entry* first = nullptr;
    for (const Entry& entry : mapping.entries) {
      if (!is_merge_key(entry.key)) continue;
      if (!is_mergeable(entry.value)) {
        report(path, entry.key,
               "`<<` takes a mapping or a list of mappings: PyYAML refuses the file",
               "name an anchor of a mapping: `<<: *name`");
      } else if (first != nullptr) {
        report(path, entry.key,
               "a second `<<` in one mapping: PyYAML takes both, other readers refuse the file",
               "write `<<: [*one, *two]`");
      }
      first = &entry;
    }
    if (first != nullptr) look_for_shallow(path, mapping);
  }

 private:
  // YAML's merge is not deep: a mapping of its own replaces the merged one of the same key.
  void look_for_shallow(KeyPath path, const Node& mapping) {
    std::unordered_map<std::string, const Node*> own;
    Node merged;
    merged.kind = Kind::mapping;
    for (const Entry& entry : mapping.entries) {
      if (is_merge_key(entry.key)) {
        merged.entries.push_back(entry);
      } else if (entry.value.kind == Kind::mapping) {
        own.emplace(key_identity(entry.key), &entry.key);
      }
    }
    if (own.empty()) return;
    for (const EffectiveEntry& entry : effective_entries(merged)) {
      const auto found = own.find(key_identity(*entry.key));
      if (found == own.end() || entry.value->kind != Kind::mapping) continue;
      path.push(*entry.key);
      report(path, *found->second,
             fmt::format("`<<` brings a mapping `{}` too, and this one replaces it as a whole: "
                         "YAML's merge is not deep",
                         path.dotted()),
             "merge inside of it as well: give the inner mapping an anchor and write `<<: *name` "
             "here");
      path.pop();
    }
  }

  void report(const KeyPath& path, const Node& key, std::string message, std::string remedy) {
    Draft draft{source_, span_of(key), std::move(message), {}, std::move(remedy), path.is_secret(),
                {}};
    draft.identity =
        fmt::format("{}{}#{}", path.identity(), draft.message, ++count_[path.identity()]);
    reporter_.report(std::move(draft));
  }

  const Source& source_;
  Reporter& reporter_;
  std::unordered_map<std::string, std::size_t> count_;  // of reports at one place
};

}  // namespace

void check_merge_key(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read()) return;
    Finder finder(source, reporter);
    for_each_mapping((*source.document)->root,
                     [&](const KeyPath& path, const Node& mapping) { finder.look(path, mapping); });
  });
}

}  // namespace sluice::config
