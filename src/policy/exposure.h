#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "finding/finding.h"
#include "policy/checks.h"

namespace sluice::policy {

/// Env files that one and the same line of an ignore file, or the lack of any, leaves unprotected.
struct Exposure {
  std::string file;      ///< the ignore file with that line; empty when there is no such line
  std::size_t line = 0;  ///< 1-based
  std::string text;      ///< of the line
  std::vector<std::string> paths;       ///< sorted; they need not exist
  std::vector<const EnvPlace*> places;  ///< the folder of each path
};

/// Exposures by their line, so that each makes one finding.
class Exposures {
 public:
  /// The exposure of that line, made when it is new.
  Exposure& at(const std::string& file, std::size_t line, const std::string& text);

  auto begin() const { return by_line_.begin(); }
  auto end() const { return by_line_.end(); }

 private:
  std::map<std::pair<std::string, std::size_t>, Exposure> by_line_;
};

/// A finding of `check` on the exposure's line, or on the missing line at the top, with all but its
/// message: a related place for each path and a fingerprint that follows line and paths.
Finding finding_of(const Check& check, const Exposure& exposure);

/// `line 3 of .gitignore (`.env/`)`.
std::string describe_line(const Exposure& exposure);

}  // namespace sluice::policy
