#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/glob.h"
#include "base/text.h"
#include "config/checks.h"
#include "config/mask.h"
#include "config/values.h"
#include "config/spelling.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::EffectiveEntry;
using document::Entry;
using document::Node;

// How many pairs of keys are compared for suggestions in one file, so that thousands of unknown
// keys beside thousands of known ones stay cheap.
constexpr std::size_t comparisons_limit = 1'000'000;

struct Unknown {
  Draft draft;
  std::string key;
  std::string near;  // the base's key beside it that was probably meant
};

struct Elsewhere {
  std::size_t count = 0;
  std::string path;
  document::Mark mark;
};

bool is_open(const KeyPath& path, const Options& options) {
  for (std::string glob : options.open_keys) {
    std::replace(glob.begin(), glob.end(), '.', '/');
    for (std::size_t count = 1; count <= path.depth(); ++count) {
      if (base::wildmatch(glob, path.as_glob_path(count))) return true;
    }
  }
  return false;
}

// `lr` for `learning_rate`; empty for a single word.
std::string initials_of(std::string_view key) {
  std::string initials;
  for (const std::string_view word : base::split(key, '_')) {
    if (!word.empty()) initials += word[0];
  }
  return initials.size() > 1 ? initials : std::string();
}

// The key that is short for `key`, or that `key` is short for.
std::string abbreviation_among(std::string_view key, const std::vector<std::string>& known) {
  const std::string initials = initials_of(key);
  const auto found = std::find_if(known.begin(), known.end(), [&](const std::string& other) {
    return (!initials.empty() && initials == other) || (key.size() > 1 && initials_of(other) == key);
  });
  return found == known.end() ? std::string() : *found;
}

// The base's key that was probably meant: rather one that this file has not set.
std::string nearest_key(const Match& match, const std::vector<EffectiveEntry>& known) {
  std::unordered_set<std::string_view> set;
  for (const Entry& entry : match.mapping.entries) set.insert(entry.key.text);
  std::vector<std::string> unset;
  std::vector<std::string> all;
  for (const EffectiveEntry& entry : known) {
    all.push_back(entry.key->text);
    if (!set.contains(entry.key->text)) unset.push_back(entry.key->text);
  }
  std::string near = base::nearest(match.entry.key->text, unset);
  if (near.empty()) near = base::nearest(match.entry.key->text, all);
  return near.empty() ? abbreviation_among(match.entry.key->text, unset) : near;
}

// `x-` and `.` begin keys that hold anchors for the rest of the file, by common agreement.
bool is_extension(const KeyPath& path) {
  const std::string& key = path.last_key()->text;
  return path.depth() == 1 && (key.starts_with("x-") || key.starts_with('.') || key == "$schema");
}

class Finder {
 public:
  Finder(const Comparison& each, const Options& options)
      : source_(each.source), base_(each.base), pairs_(each.pairs), options_(options) {}

  void look() {
    pairs_.for_each([&](const Match& match) {
      // A base's `{}` is a place for keys that only the environments know.
      const bool is_open_place = match.other_mapping.entries.empty() && match.path.depth() > 1;
      if (match.other != nullptr || is_open_place || unknowns_.size() > Reporter::limit) return;
      if (!is_extension(match.path) && !is_open(match.path, options_)) add(match);
    });
    look_elsewhere();
  }

  std::vector<Unknown> take() { return std::move(unknowns_); }

 private:
  void add(const Match& match) {
    const bool is_secret = match.path.is_secret();
    const EffectiveEntry& entry = match.entry;
    const Span span = entry.via == nullptr ? span_of(*entry.key) : span_of(*entry.via);
    Unknown unknown{
        {source_, span, {}, match.path.identity(), {}, is_secret, {}}, entry.key->text, {}};
    unknown.draft.message = fmt::format("`{}` is not in {}", match.path.dotted(), base_.name());
    unknown.near = suggest(match);
    if (!unknown.near.empty()) {
      const Node& key = key_in(known_, unknown.near);
      unknown.draft.related.push_back(Reporter::related(
          base_, key.mark, fmt::format("`{}` in the base", unknown.near), is_secret));
    } else {
      unknown.draft.related.push_back(Reporter::related(
          base_, match.other_mapping.mark, "the base's keys at this place begin here", is_secret));
    }
    unknowns_.push_back(std::move(unknown));
  }

  std::string suggest(const Match& match) {
    if (known_of_ != &match.other_mapping) {
      known_of_ = &match.other_mapping;
      known_ = effective_entries(match.other_mapping);
    }
    const std::size_t cost = known_.size() + match.mapping.entries.size();
    if (comparisons_ + cost > comparisons_limit) return {};
    comparisons_ += cost;
    return nearest_key(match, known_);
  }

  static const Node& key_in(const std::vector<EffectiveEntry>& entries, const std::string& text) {
    const auto found =
        std::find_if(entries.begin(), entries.end(),
                     [&](const EffectiveEntry& entry) { return entry.key->text == text; });
    return *found->key;
  }

  // A key without a near one beside it may stand at another place of the base.
  void look_elsewhere() {
    std::unordered_map<std::string, Elsewhere> places;
    for (const Unknown& unknown : unknowns_) {
      if (unknown.near.empty()) places[unknown.key];
    }
    if (!places.empty()) {
      for_each_match(*base_.mapping(), *base_.mapping(), [&](const Match& match) {
        const auto found = places.find(match.entry.key->text);
        if (found == places.end()) return;
        if (++found->second.count == 1) {
          found->second.path = match.path.dotted();
          found->second.mark = match.entry.key->mark;
        }
      });
    }
    for (Unknown& unknown : unknowns_) finish(unknown, places);
  }

  void finish(Unknown& unknown, const std::unordered_map<std::string, Elsewhere>& places) const {
    Draft& draft = unknown.draft;
    const std::string added = "the merge adds a new key, and ";
    const auto elsewhere = places.find(unknown.key);
    if (!unknown.near.empty()) {
      const std::string near = shortened(unknown.near, 80);
      draft.message +=
          fmt::format("; did you mean `{}`? As it is, {}`{}` keeps its value", near, added, near);
      draft.remedy = fmt::format("write `{}` for `{}`", spelled_key(source_, near),
                                 spelled_key(source_, shortened(unknown.key, 80)));
    } else if (elsewhere != places.end() && elsewhere->second.count == 1) {
      const std::string& path = elsewhere->second.path;
      draft.message +=
          fmt::format(", which has it as `{}`: {}`{}` keeps its value", path, added, path);
      draft.related.front() = Reporter::related(
          base_, elsewhere->second.mark, "the key of that name in the base", draft.is_secret);
      draft.remedy = fmt::format("move it to `{}`", path);
    } else {
      draft.message +=
          ": the merge adds a key that has no default, and a program that asks for it fails "
          "wherever it is not set";
    }
  }

  const Source& source_;
  const Source& base_;
  const Pairing& pairs_;
  const Options& options_;
  std::vector<Unknown> unknowns_;
  const Node* known_of_ = nullptr;  // the base's mapping that `known_` belongs to
  std::vector<EffectiveEntry> known_;
  std::size_t comparisons_ = 0;
};

// How many environments give a key that the base lacks, by KeyPath::identity(). Empty for one alone.
std::unordered_map<std::string, std::size_t> count_givers(const Subject& subject) {
  std::unordered_map<std::string, std::size_t> givers;
  if (subject.folder.environments.size() < 2) return givers;
  for (const Comparison& each : subject.comparisons) {
    std::size_t count = 0;
    each.pairs.for_each([&](const Match& match) {
      if (match.other == nullptr && ++count <= Reporter::limit) ++givers[match.path.identity()];
    });
  }
  return givers;
}

}  // namespace

void check_unknown_key(const Subject& subject, Reporter& reporter) {
  const std::unordered_map<std::string, std::size_t> givers = count_givers(subject);
  const auto is_given_everywhere = [&](const Unknown& unknown) {
    const auto found = givers.find(unknown.draft.identity);
    return found != givers.end() && found->second == subject.folder.environments.size();
  };
  for (const Comparison& each : subject.comparisons) {
    Finder finder(each, subject.options);
    finder.look();
    for (Unknown& unknown : finder.take()) {
      // Where the base need not hold every key, only a misspelled one is surely wrong; and a key that
      // every environment gives is missing nowhere, and not misspelled.
      if ((unknown.near.empty() && !subject.folder.base_is_whole) || is_given_everywhere(unknown)) continue;
      reporter.report(std::move(unknown.draft));
    }
  }
}

}  // namespace sluice::config
