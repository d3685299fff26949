#pragma once

#include <string_view>
#include <vector>

#include "finding/finding.h"
#include "scan/match.h"

namespace sluice::scan {

/// A finding before it is known where its bytes lie, with what is needed to judge it later.
struct ScannedFinding {
  Finding finding;  ///< without path, origin, paths, message, and what its rule says (title, remedy, reference)
  const rules::Rule* rule;  ///< for path conditions
  Evidence evidence;        ///< for the judgement, if the rule is judged
  rules::Span secret;       ///< offsets in the searched text, to tell overlaps
  std::string_view line;    ///< whole first line (at most 4 KiB around the secret), borrowed from the text
  std::string_view line_above;
};

/// Turns matches into findings with line, column, excerpt and fingerprint. `text` and `matches` are
/// what Scanner::scan was given and gave. Linear in the text, however long its lines are.
std::vector<ScannedFinding> build_findings(std::string_view text, const std::vector<Match>& matches);

}  // namespace sluice::scan
