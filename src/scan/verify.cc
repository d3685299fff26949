#include <algorithm>

#include "scan/scanner.h"
#include "structure/check.h"

namespace sluice::scan {

void verify_structure(std::string_view text, std::vector<Match>& matches) {
  std::erase_if(matches, [&](Match& match) {
    const structure::Check* const check = structure::find_check(match.rule->verify);
    if (check == nullptr) return false;
    structure::Outcome outcome =
        check->run(text.substr(match.secret.begin, match.secret.end - match.secret.begin));
    match.detail = std::move(outcome.detail);
    switch (outcome.verdict) {
      case structure::Verdict::proven: break;
      case structure::Verdict::unproven: match.confidence = Confidence::low; break;
      case structure::Verdict::encrypted: match.severity = std::min(match.severity, Severity::medium); break;
      case structure::Verdict::refuted: return true;
    }
    return false;
  });
}

}  // namespace sluice::scan
