#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <map>
#include <string>
#include <utility>

#include "git/large_file.h"
#include "source/item.h"
#include "source/watched_file.h"

namespace sluice::app {

/// Files whose content is not here, as a person knows them, with the SHA-256 of what is missing.
using AbsentFiles = std::map<std::string, std::string>;

/// The files of a run whose content Git LFS keeps beside the repository. For use by several threads.
class LargeFiles {
 public:
  /// `common_dir` is empty where there is no repository: then none is here. Larger ones than `max_size` bytes are
  /// left out, which the consumer is told; 0 for no limit. `known_absent` were told by an earlier run.
  LargeFiles(std::string common_dir, std::uint64_t max_size, AbsentFiles known_absent = {})
      : common_dir_(std::move(common_dir)), max_size_(max_size), absent_(std::move(known_absent)) {}

  /// The content of the file that `item` stands for; nothing when it stands for itself, or is not here. What
  /// cannot be read is a problem of `consumer`.
  std::optional<source::WatchedFile> content_of(const source::Item& item, source::ItemConsumer& consumer);

  /// Those that are not here, as what was left out; nothing when all are.
  std::optional<Skipped> absent() const;

  AbsentFiles absent_files() const;

  /// Whether something is where the content of one of `files` would be.
  static bool has_come(const std::string& common_dir, const AbsentFiles& files);

  /// Whether `skipped` was given by absent().
  static bool is_absence(const Skipped& skipped);

 private:
  std::string common_dir_;
  std::uint64_t max_size_;
  mutable std::mutex lock_;
  AbsentFiles absent_;
};

}  // namespace sluice::app
