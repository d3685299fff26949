#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"
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

constexpr std::string_view in_dotnet = ".NET's loader refuses the file, and letter case does not count for it";

std::string_view what_readers_do(document::Format format, bool is_dotnet) {
  if (is_dotnet) return in_dotnet;
  if (format == document::Format::ini) return "Python's configparser refuses the file";
  if (format == document::Format::json) {
    return "most readers silently keep the last, others keep the first";
  }
  return "PyYAML silently keeps the last, other readers keep the first or refuse the file";
}

class Finder {
 public:
  Finder(const Source& source, bool is_dotnet, Reporter& reporter)
      : source_(source), is_dotnet_(is_dotnet), reporter_(reporter) {}

  void look(const KeyPath& path, const Node& mapping) {
    if (!is_dotnet_ && document::has_distinct_keys(mapping)) return;
    struct Seen {
      const Entry* last;
      std::size_t count;
    };
    std::unordered_map<std::string, Seen> seen;
    for (const Entry& entry : mapping.entries) {
      if (is_merge_key(entry.key)) continue;
      const auto [at, is_new] = seen.try_emplace(folded_identity(entry.key, is_dotnet_ ? KeyFold::letter_case : KeyFold::none), Seen{&entry, 1});
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
        what_readers_do((*source_.document)->format, is_dotnet_));
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
  const bool is_dotnet_;
  Reporter& reporter_;
};

// .NET makes one level of a JSON file, in which a value is called by all the keys on its way (`A:B:0`). Sections
// that come twice are joined, values must not.
class FlatFinder {
 public:
  FlatFinder(const Source& source, Reporter& reporter) : source_(source), reporter_(reporter) {}

  // `name` stands for the keys on the way. Recursion is bounded by the document's depth.
  void look(const Node& node, const std::string& name) {
    for (const Entry& entry : node.entries) {
      path_.push(entry.key);
      const std::string below = name_below(name, entry.key.text);
      if (entry.value.kind == Kind::scalar || entry.value.kind == Kind::null) note(entry, below);
      look(entry.value, below);
      path_.pop();
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      path_.push_item(i);
      look(node.items[i], name_below(name, std::to_string(i)));
      path_.pop();
    }
  }

 private:
  // Hashed, because a long key may have many values below it.
  static std::string name_below(std::string name, std::string_view key) {
    for (const std::string_view part : base::split(key, ':')) name = base::to_hex(base::sha256(name + ":" + base::to_lower(part)));
    return name;
  }

  void note(const Entry& entry, const std::string& name) {
    const auto [first, is_new] = seen_.try_emplace(name, &entry);
    if (is_new) return;
    const bool is_secret = path_.is_secret();
    const document::Mark before = first->second->key.mark;
    Draft draft{source_, {entry.key.mark, entry.key.end}, {}, path_.identity() + "#2", {}, is_secret, {}};
    draft.message = fmt::format("`{}` is set again, after line {}: {}", path_.dotted(), before.line, in_dotnet);
    draft.related.push_back(Reporter::related(source_, before, "the same key before", is_secret));
    reporter_.report(std::move(draft));
  }

  const Source& source_;
  Reporter& reporter_;
  KeyPath path_;
  std::unordered_map<std::string, const Entry*> seen_;
};

}  // namespace

void check_duplicate_key(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read()) return;
    const bool is_dotnet = subject.rules.strategy == Strategy::dotnet;
    if (is_dotnet && (*source.document)->format == document::Format::json) {
      return FlatFinder(source, reporter).look((*source.document)->root, {});
    }
    Finder finder(source, is_dotnet, reporter);
    for_each_mapping((*source.document)->root,
                     [&](const KeyPath& path, const Node& mapping) { finder.look(path, mapping); });
  });
}

}  // namespace sluice::config
