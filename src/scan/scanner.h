#pragma once

#include <string_view>
#include <vector>

#include "rules/pattern.h"
#include "rules/rule_set.h"
#include "scan/prefilter.h"

namespace sluice::scan {

/// One rule that matched and was not rejected by its own filters. Offsets are into the text given.
struct Match {
  const rules::Rule* rule = nullptr;
  rules::Span whole;
  rules::Span secret;
};

/// The simple engine: one pass of the literal prefilter over all rules' keywords, then each rule that
/// was hit is searched, with its RE2 expression, only near its keywords. Linear in the text for a
/// fixed rule set. Thread-safe: one Scanner serves every worker. Paths are the caller's business
/// (applies_to), since one blob can lie at many.
class Scanner {
 public:
  /// `rules` must outlive the scanner.
  explicit Scanner(std::vector<const rules::Rule*> rules);
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;
  ~Scanner();

  /// Every match in `text`, ordered by secret, then by rule id; matches of different rules may overlap.
  std::vector<Match> scan(std::string_view text, bool is_binary) const;

 private:
  class Matcher;
  std::vector<Matcher> matchers_;
  Prefilter prefilter_;
};

/// Whether the rule's path conditions let it speak about `path`; an empty path (a message, a
/// dangling blob) passes unless the rule names paths to include.
bool applies_to(const rules::Rule& rule, std::string_view path);

/// Leaves one match for each stretch of text: where secrets overlap, the more specific rule (higher
/// confidence, then severity, then longer secret, then id) stays. `matches` as Scanner::scan gives them.
void keep_most_specific(std::vector<Match>& matches);

}  // namespace sluice::scan
