#include "report/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice::report {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::clean:
      return "clean";
    case Verdict::not_blocking:
      return "not blocking";
    case Verdict::blocked:
      return "blocked";
    case Verdict::undecided:
      break;
  }
  return "could not decide";
}

Verdict verdict(const Audit& audit) {
  if (!audit.problems.empty() || audit.exit_code == 2) return Verdict::undecided;
  const bool found = tally(audit).findings > 0;
  if (audit.exit_code != 0) return Verdict::blocked;
  return found ? Verdict::not_blocking : Verdict::clean;
}

Tally tally(const Audit& audit) {
  Tally result;
  for (const Finding& finding : audit.findings) {
    ++(finding.suppressed ? result.suppressed : result.findings);
  }
  result.problems = audit.problems.size();
  return result;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string human_bytes(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 6> units = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  // 999.95 would print as 1000.0.
  while (value >= 999.95 && unit + 1 < units.size()) {
    value /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, units[unit]);
}

std::string human_seconds(double seconds) {
  const double value = std::isfinite(seconds) ? std::max(seconds, 0.0) : 0.0;
  if (value < 9.995) return fmt::format("{:.2f} s", value);
  if (value < 99.95) return fmt::format("{:.1f} s", value);
  const auto whole = static_cast<std::uint64_t>(std::min(value, 1e15));
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

std::string scope_line(const Scope& scope) {
  std::string out;
  const auto add = [&out](std::uint64_t count, std::string_view noun) {
    if (count > 0) out += counted(count, noun) + ", ";
  };
  if (scope.repositories.size() == 1) out += "1 repository, ";
  if (scope.repositories.size() > 1)
    out += fmt::format("{} repositories, ", scope.repositories.size());
  add(scope.commits, "commit");
  add(scope.blobs, "blob");
  add(scope.files, "file");
  add(scope.messages, "message");
  out += out.empty() && scope.bytes == 0 ? "nothing looked at" : human_bytes(scope.bytes);
  return out + " in " + human_seconds(scope.seconds);
}

std::string tally_line(const Tally& tally) {
  return fmt::format("{}, {} suppressed, {}", counted(tally.findings, "finding"), tally.suppressed,
                     counted(tally.problems, "problem"));
}

std::string verdict_line(const Audit& audit) {
  return fmt::format("{}: {}; {}", to_string(verdict(audit)), scope_line(audit.scope),
                     tally_line(tally(audit)));
}

}  // namespace sluice::report
