#include <fmt/format.h>

#include <unordered_map>

#include "config/checks.h"
#include "config/composition.h"
#include "config/values.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;

// Which environment gives a value where the base has null, by KeyPath::identity().
using Givers = std::unordered_map<std::string, const Source*>;

bool gives_value(const Match& match) {
  return match.other != nullptr && match.other->value->kind != Kind::null &&
         !is_mandatory_mark(*match.other->value);
}

Givers find_givers(const Subject& subject) {
  Givers givers;
  for (const Comparison& each : subject.comparisons) {
    for_each_of_base(*each.base.mapping(), *each.source.mapping(), subject.rules, [&](const Match& match) {
      if (match.entry.value->kind == Kind::null && gives_value(match)) {
        givers.emplace(match.path.identity(), &each.source);
      }
    });
  }
  return givers;
}

// Whether the base leaves anything to its environments; mostly not, and then nothing is to be done.
bool asks_for_values(const Node& mapping) {
  bool asks = false;
  for_each_value(mapping, [&](const KeyPath&, const Node& value) {
    asks = asks || value.kind == Kind::null || is_mandatory_mark(value);
  });
  return asks;
}

// The mapping at which the key is to be written, or the key itself where it stands without a value.
Span place_of(const Match& match) {
  if (match.other != nullptr) return span_of(*match.other->key);
  const document::Mark start = match.other_mapping.mark;
  return {start, start};
}

class Finder {
 public:
  Finder(const Subject& subject, Reporter& reporter)
      : options_(subject.options), rules_(subject.rules), reporter_(reporter) {
    if (options_.null_means == NullMeans::set_where_others_do) givers_ = find_givers(subject);
  }

  void look(const Source& source, const Source& base) {
    for_each_of_base(*base.mapping(), *source.mapping(), rules_, [&](const Match& match) {
      if (gives_value(match)) return;
      if (is_mandatory_mark(*match.entry.value)) {
        report(match, source, base, "`???` there means that every environment must give it");
      } else if (match.entry.value->kind == Kind::null) {
        look_at_null(match, source, base);
      }
    });
  }

 private:
  void look_at_null(const Match& match, const Source& source, const Source& base) {
    if (options_.null_means == NullMeans::mandatory) {
      report(match, source, base, "null there means that every environment must give it");
      return;
    }
    // A null that the environment writes itself is a decision.
    const auto giver = givers_.find(match.path.identity());
    if (giver == givers_.end() || match.other != nullptr) return;
    report(match, source, base,
           fmt::format("it stays null, while {} gives it", giver->second->name()));
  }

  void report(const Match& match, const Source& source, const Source& base,
              const std::string& why) {
    const bool is_secret = match.path.is_secret();
    Draft draft{source, place_of(match), {}, match.path.identity(), {}, is_secret, {}};
    draft.message =
        fmt::format("`{}` of {} has no value here: {}", match.path.dotted(), base.name(), why);
    draft.remedy =
        fmt::format("give `{}` a value in {}{}", match.path.dotted(), source.name(),
                    is_mandatory_mark(*match.entry.value) ? "" : ", or `null` if none is meant");
    const bool is_replaced = rules_.lists.empty() && rules_.strategy != Strategy::dotnet;
    if (match.path.has_item() && is_replaced) draft.remedy += "; its list has to be written whole there";
    draft.related.push_back(
        Reporter::related(base, match.entry.key->mark, "the base's key", is_secret));
    if (options_.null_means != NullMeans::mandatory && match.entry.value->kind == Kind::null) {
      draft.at_most = Severity::low;
    }
    reporter_.report(std::move(draft));
  }

  const Options& options_;
  const MergeRules& rules_;
  Reporter& reporter_;
  Givers givers_;
};

}  // namespace

void check_missing_mandatory(const Subject& subject, Reporter& reporter) {
  const Source* base = subject.folder.base();
  if (base == nullptr || is_composed(subject.folder) || !asks_for_values(*base->mapping())) return;
  Finder finder(subject, reporter);
  for (const Comparison& each : subject.comparisons) finder.look(each.source, each.base);
}

}  // namespace sluice::config
