#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "judge/company.h"
#include "rules/pattern.h"
#include "scan/gate.h"

namespace sluice::scan {

/// A keyword that was worth more than a glance, and what came of it. Offsets are into the text that was
/// searched. Two texts that hold the same bytes where a candidate looked have the same candidate.
struct Candidate {
  enum class Outcome : std::uint8_t {
    nothing,   ///< no match
    rejected,  ///< a match that the rule's filters reject
    accepted,
  };

  std::uint32_t rule = 0;  ///< as the scanner numbers them
  Outcome outcome = Outcome::nothing;
  rules::Span keyword;
  rules::Span whole;   ///< of the match, if any
  rules::Span secret;
  Look look;           ///< all bytes that had a say
  // Of a judged rule's match:
  judge::Likeness likeness;
  std::shared_ptr<const judge::Features> features;  ///< what the bytes around it tell; of an accepted one
};

/// The candidates of a text, ordered by where their keywords begin, then by rule, then by match.
using Candidates = std::vector<Candidate>;

}  // namespace sluice::scan
