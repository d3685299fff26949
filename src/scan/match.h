#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judge/judge.h"
#include "rules/pattern.h"
#include "rules/rule_set.h"

namespace sluice::scan {

/// What the text tells about a match of a judged rule.
using Evidence = std::shared_ptr<const judge::Evidence>;

/// One rule that matched and was not rejected by its own filters. Offsets are into the text given.
struct Match {
  const rules::Rule* rule = nullptr;
  rules::Span whole;
  rules::Span secret;
  Confidence confidence = Confidence::low;  ///< the rule's, unless the match's structure says otherwise; of a
                                            ///< judged rule the most it may say
  Severity severity = Severity::low;        ///< the rule's, unless the match's structure says otherwise
  Evidence evidence;                        ///< of a judged rule
  std::string detail;                       ///< what was learnt from its structure; may be empty
};

/// A path, and what it tells the judgement: worked out once for all matches there, when it is first asked.
class Place {
 public:
  /// `path` must outlive this.
  explicit Place(std::string_view path) : path_(path) {}

  std::string_view path() const { return path_; }
  const judge::Whereabouts& whereabouts() const;

 private:
  std::string_view path_;
  mutable std::optional<judge::Whereabouts> whereabouts_;
};

/// Whether the rule's path conditions let it speak about `path`; an empty path (a message, a
/// dangling blob) passes unless the rule names paths to include.
bool applies_to(const rules::Rule& rule, std::string_view path);

/// Holds the secrets of matches whose rules say so against the structure that they should have. A secret that
/// fails, or counts (`abc123def456...`), is of low confidence, one under a passphrase of medium severity at most, and what turns out to be no
/// secret is left out. `matches` as Scanner::scan gives them for `text`.
void verify_structure(std::string_view text, std::vector<Match>& matches);

/// How likely `match` is true there, as confidence; nothing where it is not to be told: its rule does
/// not speak about the path, or is judged and the judgement is that it is none.
std::optional<Confidence> confidence_at(const Match& match, const Place& place);

/// Why a match of a judged rule is told there, in words; empty for other rules.
std::string reasons_at(const Match& match, const Place& place);

/// Leaves one match for each stretch of text: where secrets overlap, the more specific rule (higher
/// confidence, then severity, then longer secret, then id) stays. `matches` as Scanner::scan gives them.
void keep_most_specific(std::vector<Match>& matches);

}  // namespace sluice::scan
