#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "finding/audit.h"

namespace sluice::app {

/// A folder with one report a repository, so that a run over many can go on where another stopped.
/// A file's name is a digest of the repository's place; its first line holds the key (everything that
/// decides the report) and a checksum. Files of other names are left alone.
class KeptReports {
 public:
  /// Makes the folder unless it is there. Errors: io.
  static Result<KeptReports> open(std::string folder);

  /// Removes the files that are damaged, and says so, a sentence each.
  std::vector<std::string> drop_damaged() const;

  /// Whether the repository at `path` has a finished report for `key`.
  bool has(const std::string& path, const std::string& key) const;

  /// Writes the report of the repository at `path`, in place of any it had. A report with problems is
  /// not one to keep: it is there for read() until forget_unfinished().
  /// Errors: io.
  Status write(const std::string& path, const std::string& key, const Audit& audit) const;

  /// The report of the repository at `path`. Errors: not_found; invalid_input, corrupt (damaged).
  Result<Audit> read(const std::string& path) const;

  /// Removes the report of the repository at `path` if it is not one to keep.
  void forget_unfinished(const std::string& path) const;

 private:
  explicit KeptReports(std::string folder) : folder_(std::move(folder)) {}
  std::string file_of(const std::string& path, std::string_view ending) const;

  std::string folder_;
};

}  // namespace sluice::app
