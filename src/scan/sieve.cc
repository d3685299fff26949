#include "scan/sieve.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sluice::scan {

Sieve::Sifted Sieve::sift(Candidates& candidates, std::size_t begin) const {
  Sifted kept;
  for (Candidate& candidate : candidates) {
    if (candidate.outcome() == Candidate::Outcome::nothing) continue;
    candidate.move(0, begin);
    if (scanner_.rule_of(candidate).is_judged) kept.judged_.push_back({candidate.secret(), candidate.likeness});
    if (candidate.outcome() == Candidate::Outcome::accepted) kept.accepted_.push_back(std::move(candidate));
  }
  return kept;
}

void Sieve::add(Sifted part) {
  for (const Sifted::Sighting& one : part.judged_) company_.add(one.value, one.likeness);
  std::move(part.accepted_.begin(), part.accepted_.end(), std::back_inserter(accepted_));
}

}  // namespace sluice::scan
