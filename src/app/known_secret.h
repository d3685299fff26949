#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "finding/finding.h"
#include "finding/material.h"
#include "source/held_blobs.h"

namespace sluice::app {

/// What reports tell of one secret.
struct ToldFinding {
  Finding finding;                   ///< but for what refs hold it
  std::vector<std::uint32_t> blobs;  ///< that hold the secret: numbers of HeldBlobs, ascending
};

/// What was found of one secret (of one fingerprint): what reports tell of it, and the places behind that, which
/// only matter when it is found again.
class KnownSecret {
 public:
  KnownSecret() = default;

  /// Of places that keep_first_places leaves, which `held` has the blobs of. `reached`: as for finding_bytes.h.
  static std::vector<KnownSecret> of(std::vector<PlacedFinding> placed, const source::HeldBlobs& held,
                                     std::uint64_t reached);

  /// The other way than record(), which must outlive the result. Errors: corrupt.
  static Result<KnownSecret> decode(std::string_view record, std::size_t blob_count);

  const std::string& fingerprint() const { return told_.front().finding.fingerprint; }

  /// What an allow comment speaks for stands apart; one at least, in the order in which they were found.
  std::vector<ToldFinding>& told() { return told_; }

  /// Errors: corrupt.
  Result<std::vector<PlacedFinding>> placed(std::uint64_t reached) const;

  /// As bytes.
  std::string_view record() const { return made_.empty() ? kept_ : std::string_view(made_); }

 private:
  std::vector<ToldFinding> told_;
  std::string made_;       // the record, when it is of this run
  std::string_view kept_;  // else where it was read
};

/// Tells each of `told` which refs' tips hold it.
void tell_presence(std::vector<ToldFinding>& told, const source::HeldBlobs& held);

}  // namespace sluice::app
