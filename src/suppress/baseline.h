#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "finding/finding.h"

namespace sluice::suppress {

/// Findings accepted at one time: a text file that opens with `# sluice-baseline/1` and holds one sorted
/// line an entry, `FINGERPRINT RULE PATH`, without line numbers or time stamps, so that two branches
/// merge. The fingerprint decides; rule and path are for the reader (spaces and control characters
/// of the path are percent-encoded; `-` stands for none).
class Baseline {
 public:
  /// Errors: invalid_input with `path:line` (no header, malformed entry).
  static Result<Baseline> parse(std::string_view text, const std::string& path);

  /// The baseline's text for these findings; suppressed ones, but for those that a baseline
  /// suppressed, are left out.
  static std::string write(const std::vector<Finding>& findings);

  /// The suppression for `finding`, or nothing.
  std::optional<Suppression> decide(const Finding& finding);

  /// A sentence for each entry that matched nothing so far.
  std::vector<std::string> stale() const;

 private:
  struct Entry {
    std::string text;
    std::size_t line = 0;
    bool used = false;
  };
  std::string path_;
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace sluice::suppress
