#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "judge/judge.h"
#include "rules/rule_set.h"
#include "scan/candidate.h"
#include "scan/keyword_table.h"
#include "scan/match.h"
#include "scan/matcher.h"
#include "scan/prefilter.h"

namespace sluice::scan {

/// All rules, ready to be looked for: their keywords in one prefilter, their expressions compiled when
/// they are first needed. Thread-safe: one serves every thread, each through a Search of its own.
/// Paths are the caller's business (applies_to), since one blob can lie at many.
class Scanner {
 public:
  /// `rules` must outlive the scanner.
  explicit Scanner(const std::vector<const rules::Rule*>& rules);
  /// Likewise, where their keywords are known already.
  Scanner(const std::vector<const rules::Rule*>& rules, const KeywordTable& keywords);
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;
  ~Scanner();

  /// Every match in `text`, as matches_of(). For one text; for many, Search is quicker.
  std::vector<Match> scan(std::string_view text, bool is_binary) const;

  /// The accepted ones of `candidates`, which are those of `text`, each once, ordered by secret, then by
  /// rule id; matches of different rules may overlap. Those of judged rules are left out that no path
  /// could make worth telling.
  std::vector<Match> matches_of(std::string_view text, const Candidates& candidates) const;

  /// The same of a text whose accepted candidates these are, in order, with the company of all of its judged ones that
  /// matched; not closed.
  std::vector<Match> matches_of(const Candidates& accepted, judge::Company company) const;

  const rules::Rule& rule_of(const Candidate& candidate) const { return matchers_[candidate.rule()].rule(); }

  /// What the model is told about candidates of judged rules, whatever it makes of them: for training.
  std::vector<Match> judged_candidates(std::string_view text, const Candidates& candidates,
                                       const judge::Model& model) const;

 private:
  friend class Search;

  Scanner(const std::vector<const rules::Rule*>& rules, std::unique_ptr<const KeywordArrays> keywords);
  judge::Company company_of(std::size_t text_size, const Candidates& candidates) const;
  std::vector<Match> matches_among(const Candidates& candidates, const std::function<judge::Company()>& company) const;
  void add_judged(const judge::Company& company, const Candidates& candidates, std::vector<Match>& matches) const;

  judge::Providers providers_;
  std::deque<Matcher> matchers_;  // which never move
  std::unique_ptr<const KeywordArrays> own_keywords_;  // unless they were known
  KeywordTable keywords_;
  Prefilter prefilter_;
};

}  // namespace sluice::scan
