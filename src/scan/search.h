#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/copied_range.h"
#include "rules/pattern.h"
#include "scan/candidate.h"
#include "scan/gate.h"
#include "scan/neighbours.h"
#include "scan/scanner.h"

namespace sluice::scan {

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

}  // namespace sluice::scan
