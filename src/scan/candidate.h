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
///
/// There is one for every few hundred bytes, and of every version of a file: all but the keyword's own place is
/// kept as distances from it, which are below 2^31 since no match is longer than a few mebibytes.
class Candidate {
 public:
  enum class Outcome : std::uint8_t {
    nothing,   ///< no match
    rejected,  ///< a match that the rule's filters reject
    accepted,
  };

  /// Of the rule that the scanner numbers `rule`; nothing has come of it yet.
  Candidate(std::uint32_t rule, rules::Span keyword, const Look& look) : at_(keyword.begin), rule_(rule) {
    keyword_size_ = distance(keyword.end);
    set_look(look);
  }

  void set_look(const Look& look) {
    look_ = {distance(look.begin), distance(look.end)};
    saw_begin_ = look.saw_begin;
    saw_end_ = look.saw_end;
  }

  void set_match(rules::Span whole, rules::Span secret, bool is_accepted) {
    whole_ = {distance(whole.begin), distance(whole.end)};
    secret_ = {distance(secret.begin), distance(secret.end)};
    outcome_ = is_accepted ? Outcome::accepted : Outcome::rejected;
  }

  /// To where the same bytes are in another text.
  void move(std::size_t from, std::size_t to) { at_ = at_ - from + to; }

  std::uint32_t rule() const { return rule_; }
  Outcome outcome() const { return outcome_; }
  rules::Span keyword() const { return {at_, place(keyword_size_)}; }
  rules::Span whole() const { return span(whole_); }    ///< of the match, if any
  rules::Span secret() const { return span(secret_); }  ///< of the match, if any
  Look look() const { return {place(look_.begin), place(look_.end), saw_begin_, saw_end_}; }  ///< all that had a say

  // Of a judged rule's match:
  judge::Likeness likeness;
  std::shared_ptr<const judge::Features> features;  ///< what the bytes around it tell; of an accepted one

 private:
  struct Distances {
    std::int32_t begin = 0;
    std::int32_t end = 0;
  };

  std::int32_t distance(std::size_t place) const { return static_cast<std::int32_t>(place - at_); }
  std::size_t place(std::int32_t distance) const { return at_ + static_cast<std::size_t>(std::ptrdiff_t{distance}); }
  rules::Span span(const Distances& distances) const { return {place(distances.begin), place(distances.end)}; }

  std::size_t at_;
  std::uint32_t rule_;
  std::int32_t keyword_size_;
  Distances whole_;
  Distances secret_;
  Distances look_;
  Outcome outcome_ = Outcome::nothing;
  bool saw_begin_ = false;
  bool saw_end_ = false;
};

/// The candidates of a text, ordered by where their keywords begin, then by rule, then by match.
using Candidates = std::vector<Candidate>;

}  // namespace sluice::scan
