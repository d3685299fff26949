#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/copied_range.h"
#include "judge/judge.h"
#include "rules/pattern.h"
#include "rules/rule_set.h"
#include "scan/candidate.h"
#include "scan/keyword_table.h"
#include "scan/matcher.h"
#include "scan/neighbours.h"
#include "scan/prefilter.h"

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

/// One thread's way through texts. What a keyword is evaluated to depends only on the bytes around it,
/// never on where the search began, so a text that is mostly copied from another needs to be looked at
/// only where it is not. Linear in the text for a fixed rule set.
class Search {
 public:
  /// `scanner` must outlive this.
  explicit Search(const Scanner& scanner);

  /// The candidates of `text`.
  Candidates scan(std::string_view text, bool is_binary) { return scan_all(text, is_binary, Wanted::all); }

  /// The same for a text that no other is made from, maybe without candidates of which nothing came: less has to be
  /// made of rules that are met now and then.
  Candidates scan_once(std::string_view text, bool is_binary) {
    return scan_all(text, is_binary, Wanted::what_counts);
  }

  /// Those of scan_once() whose keywords begin in `part`, in the same order, in place of what is in `candidates`: so several
  /// threads can share a large text.
  void scan_part_once(std::string_view text, bool is_binary, rules::Span part, Candidates& candidates) {
    scan_some(text, is_binary, part, Wanted::what_counts, candidates);
  }

  /// The same of scan().
  void scan_part(std::string_view text, bool is_binary, rules::Span part, Candidates& candidates) {
    scan_some(text, is_binary, part, Wanted::all, candidates);
  }

  /// The same, for a text of which `copied`, in ascending order, are parts of a base of `base_size`
  /// bytes with the candidates `base`, which was as binary as it is.
  Candidates scan_changed(std::string_view text, bool is_binary,
                          std::span<const base::CopiedRange> copied, const Candidates& base,
                          std::size_t base_size);

 private:
  // Candidates of which nothing came, too, or only those that may count.
  enum class Wanted { all, what_counts };

  struct Base {
    const Candidates& candidates;
    Candidates::const_iterator first;  // whose keyword begins in the range, or behind it
    std::size_t size;                  // of its text
  };

  struct Copied {
    const base::CopiedRange& range;
    rules::Span apart;  // of the text: a keyword that has no byte in it is met by the search for new ones
  };

  struct Inheritance {
    Candidates& kept;  // unchanged, in order
    Candidates& anew;  // evaluated again
  };

  // What has been found out about a literal as one rule's keyword.
  struct Use {
    std::uint32_t rule = 0;
    bool is_text_only = false;
    Neighbours neighbours;
  };

  Gate* gate_of(std::uint32_t rule);
  bool is_told_without_gate(std::uint32_t place, std::string_view text, rules::Span keyword);
  const Use& use_of(std::uint32_t place, std::uint32_t literal);
  Use learn(std::uint32_t rule, std::string_view literal);
  Candidates scan_all(std::string_view text, bool is_binary, Wanted wanted);
  void scan_some(std::string_view text, bool is_binary, rules::Span part, Wanted wanted, Candidates& candidates);
  void search(std::string_view text, bool is_binary, rules::Span part, Wanted wanted, Candidates& out);
  void inherit(std::string_view text, const Copied& copied, const Base& base, const Inheritance& out);

  const Scanner& scanner_;
  std::vector<Use> uses_;                 // those that were needed so far
  std::vector<std::uint32_t> use_number_;  // as Scanner::rules_: in uses_, 0 while it is not known
  std::vector<std::unique_ptr<Gate>> gates_;
  std::vector<std::uint8_t> glances_;  // by rule: keywords that were told without a gate
};

/// Whether the rule's path conditions let it speak about `path`; an empty path (a message, a
/// dangling blob) passes unless the rule names paths to include.
bool applies_to(const rules::Rule& rule, std::string_view path);

/// Holds the secrets of matches whose rules say so against the structure that they should have. A secret that
/// fails, or counts (`abc123def456...`), is of low confidence, one under a passphrase of medium severity at most, and what turns out to be no
/// secret is left out. `matches` as Scanner::scan gives them for `text`.
void verify_structure(std::string_view text, std::vector<Match>& matches);

/// How likely `match` is true at `path`, as confidence; nothing where it is not to be told: its rule does
/// not speak about the path, or is judged and the judgement is that it is none.
std::optional<Confidence> confidence_at(const Match& match, std::string_view path);

/// Why a match of a judged rule is told at `path`, in words; empty for other rules.
std::string reasons_at(const Match& match, std::string_view path);

/// Leaves one match for each stretch of text: where secrets overlap, the more specific rule (higher
/// confidence, then severity, then longer secret, then id) stays. `matches` as Scanner::scan gives them.
void keep_most_specific(std::vector<Match>& matches);

}  // namespace sluice::scan
