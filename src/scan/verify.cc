#include <algorithm>

#include "judge/counting.h"
#include "scan/match.h"
#include "structure/check.h"

namespace sluice::scan {

namespace {

// Letters and digits that count up or down in a row: by chance, so many never do, and in a key block some may.
constexpr std::size_t least_count = 14;
constexpr std::size_t longest_token = 512;

bool is_counted(std::string_view secret) {
  return secret.size() <= longest_token && judge::counts(secret, least_count);
}

}  // namespace

void verify_structure(std::string_view text, std::vector<Match>& matches) {
  std::erase_if(matches, [&](Match& match) {
    const std::string_view secret = text.substr(match.secret.begin, match.secret.end - match.secret.begin);
    if (is_counted(secret)) match.confidence = Confidence::low;
    const structure::Check* const check = structure::find_check(match.rule->verify);
    if (check == nullptr) return false;
    structure::Outcome outcome = check->run(secret);
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
