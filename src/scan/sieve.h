#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "judge/company.h"
#include "scan/candidate.h"
#include "scan/scanner.h"

namespace sluice::scan {

/// Of the candidates of a text that is looked at part by part, keeps what its matches are told from, so that memory
/// grows with what matched and not with the text.
class Sieve {
 public:
  /// Of one part.
  class Sifted {
    friend class Sieve;

    // A judged rule's match, as far as others are compared with it.
    struct Sighting {
      rules::Span value;
      judge::Likeness likeness;
    };

    Candidates accepted_;
    std::vector<Sighting> judged_;
  };

  /// For a text of `text_size` bytes. `scanner` must outlive this.
  Sieve(const Scanner& scanner, std::size_t text_size) : scanner_(scanner), company_(text_size) {}

  /// What has to be kept of a part's candidates, which are left without value. They were found in bytes that begin at
  /// `begin` in the text. Thread-safe.
  Sifted sift(Candidates& candidates, std::size_t begin) const;

  /// Takes up the next part, in the text's order.
  void add(Sifted part);

  /// Scanner::matches_of() the whole text, once all parts were added. To be called once.
  std::vector<Match> matches() { return scanner_.matches_of(accepted_, std::move(company_)); }

 private:
  const Scanner& scanner_;
  Candidates accepted_;
  judge::Company company_;
};

}  // namespace sluice::scan
