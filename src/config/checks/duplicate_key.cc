#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "config/checks.h"
#include "config/values.h"
#include "config/walk.h"
#include "document/merge_key.h"
#include "document/scalar.h"

namespace sluice::config {
namespace {

using document::Entry;
using document::Kind;
using document::Node;

// The keys of the earlier mapping that the later one lacks, and that are therefore lost.
std::string lost_keys(const Node& earlier, const Node& later) {
  std::unordered_set<std::string_view> kept;
  for (const Entry& entry : later.entries) kept.insert(entry.key.text);
  std::string names;
  std::size_t count = 0;
  for (const Entry& entry : earlier.entries) {
    if (kept.contains(entry.key.text)) continue;
    if (++count <= 3)
      names += fmt::format("{}`{}`", count > 1 ? ", " : "", entry.key.text.substr(0, 80));
  }
  if (count > 3) names += fmt::format(" and {} more", count - 3);
  return names;
}

std::string_view what_readers_do(document::Format format) {
  if (format == document::Format::ini) return "Python's configparser refuses the file";
  if (format == document::Format::json) {
    return "most readers silently keep the last, others keep the first";
  }
  return "PyYAML silently keeps the last, other readers keep the first or refuse the file";
}

class Finder {
 public:
  Finder(const Source& source, Reporter& reporter) : source_(source), reporter_(reporter) {}

  void look(const KeyPath& path, const Node& mapping) {
    if (document::has_distinct_keys(mapping)) return;
    struct Seen {
      const Entry* last;
      std::size_t count;
    };
    std::unordered_map<std::string, Seen> seen;
    for (const Entry& entry : mapping.entries) {
      if (is_merge_key(entry.key)) continue;
      const auto [at, is_new] = seen.try_emplace(key_identity(entry.key), Seen{&entry, 1});
      if (is_new) continue;
      report(path, *at->second.last, entry, ++at->second.count);
      at->second.last = &entry;
    }
  }

 private:
  void report(KeyPath path, const Entry& earlier, const Entry& later, std::size_t count) {
    path.push(later.key);
    const bool is_secret = path.is_secret();
    Draft draft{source_, {later.key.mark, later.key.end}, {}, {}, {}, is_secret, {}};
    draft.identity = fmt::format("{}#{}", path.identity(), count);
    draft.message = fmt::format(
        "`{}` is set again, after line {}: {}", path.dotted(), earlier.key.mark.line,
        what_readers_do((*source_.document)->format));
    const std::string lost = lost_keys(earlier.value, later.value);
    if (earlier.value.kind == Kind::mapping && !lost.empty()) {
      draft.message += fmt::format("; {} of the earlier one is lost", lost);
      draft.remedy = "move the keys of both under one of them";
    }
    draft.related.push_back(
        Reporter::related(source_, earlier.key.mark, "the same key before", is_secret));
    reporter_.report(std::move(draft));
  }

  const Source& source_;
  Reporter& reporter_;
};

}  // namespace

void check_duplicate_key(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read()) return;
    Finder finder(source, reporter);
    for_each_mapping((*source.document)->root,
                     [&](const KeyPath& path, const Node& mapping) { finder.look(path, mapping); });
  });
}

}  // namespace sluice::config
