#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "finding/audit.h"

namespace sluice::report {

/// What a run comes to. A run that could not look at everything is never `clean`.
enum class Verdict {
  clean,         ///< nothing found, everything looked at
  not_blocking,  ///< findings, but exit code 0
  blocked,       ///< findings
  undecided,     ///< at least one problem, or exit code 2
};

/// `clean`, `not blocking`, `blocked`, `could not decide`.
std::string_view to_string(Verdict verdict);

Verdict verdict(const Audit& audit);

/// What formats that list problems say when exit code 2 comes without one.
inline constexpr std::string_view unfinished = "the run could not be completed";

struct Tally {
  std::size_t findings = 0;  ///< without the suppressed ones
  std::size_t suppressed = 0;
  std::size_t problems = 0;
};

Tally tally(const Audit& audit);

/// `12 commits, 340 blobs, 1.2 MB in 0.04 s`: units that are zero are left out.
std::string scope_line(const Scope& scope);

/// `0 findings, 2 suppressed, 0 problems`
std::string tally_line(const Tally& tally);

/// `clean: <scope_line>; <tally_line>`
std::string verdict_line(const Audit& audit);

/// `1 commit`, `2 commits`
std::string counted(std::uint64_t count, std::string_view noun);

/// Decimal units: `512 B`, `1.2 MB`.
std::string human_bytes(std::uint64_t bytes);

/// `0.04 s`, `12.3 s`, `3 min 20 s`
std::string human_seconds(double seconds);

}  // namespace sluice::report
