#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "judge/providers.h"
#include "rules/pattern.h"
#include "rules/positions.h"
#include "rules/rule.h"
#include "scan/candidate.h"

namespace sluice::scan {

/// One rule's expressions and the search around its keywords. Everything is made at first use, since most
/// rules are never needed. Thread-safe.
class Matcher {
 public:
  /// `rule` and `providers` must outlive this; `number` goes into the candidates.
  Matcher(const rules::Rule& rule, std::uint32_t number, const judge::Providers& providers);
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  const rules::Rule& rule() const { return *rule_; }

  /// What a gate for this rule is made of; null when its matches need not contain a keyword.
  const rules::Positions* positions() const;

  /// False when there is no match that contains the keyword text[keyword], which is told by the longest run of bytes
  /// that any holds: neither a gate nor an expression is needed.
  bool has_room_for_match(std::string_view text, rules::Span keyword) const;

  /// Appends the candidates for one keyword: none when `gate` knows at a glance that nothing is there,
  /// one for each match when there is no gate. `gate` is made from positions(). For the shape `uuid` the
  /// keyword is the part from the first dash to the last (uuid.h).
  void evaluate(std::string_view text, rules::Span keyword, Gate* gate, Candidates& out) const;

 private:
  struct Expressions {
    explicit Expressions(const rules::Rule& rule);

    rules::Pattern pattern;
    std::vector<rules::Pattern> shapes;    // of rejected secrets
    std::vector<rules::Pattern> contexts;  // rejected where they occur
  };
  struct Found {
    std::optional<rules::PatternMatch> match;
    std::size_t end = 0;  // of what was searched
  };

  rules::Span window_around(rules::Span keyword, std::size_t size) const;
  bool holds_required_run(std::string_view text, rules::Span part) const;
  void evaluate_inside(std::string_view text, rules::Span keyword, Gate& gate, Candidates& out) const;
  void evaluate_assignment(std::string_view text, rules::Span keyword, Candidates& out) const;
  void evaluate_uuid(std::string_view text, rules::Span dashes, Candidates& out) const;
  void evaluate_near(std::string_view text, rules::Span keyword, Candidates& out) const;
  Found find_growing(std::string_view text, std::size_t begin, std::size_t end, bool may_grow) const;
  bool accepts(std::string_view text, const rules::PatternMatch& found) const;

  void describe(std::string_view text, Candidate& candidate) const;
  const Expressions& expressions() const;

  const rules::Rule* rule_;
  const judge::Providers* providers_;
  std::uint32_t number_;
  std::size_t window_;
  mutable std::once_flag made_expressions_;
  mutable std::unique_ptr<const Expressions> expressions_;
  mutable std::once_flag made_positions_;
  mutable std::unique_ptr<const rules::Positions> positions_;
};

}  // namespace sluice::scan
