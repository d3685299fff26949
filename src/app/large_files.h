#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "git/large_file.h"
#include "pack/mapped_file.h"
#include "source/item.h"

namespace sluice::app {

/// The files of a run whose content Git LFS keeps beside the repository. For use by several threads.
class LargeFiles {
 public:
  /// `common_dir` is empty where there is no repository: then none is here. Larger ones than `max_size` bytes are
  /// left out, which the consumer is told; 0 for no limit.
  LargeFiles(std::string common_dir, std::uint64_t max_size)
      : common_dir_(std::move(common_dir)), max_size_(max_size) {}

  /// The content of the file that `item` stands for; nothing when it stands for itself, or is not here. What
  /// cannot be read is a problem of `consumer`.
  std::optional<pack::MappedFile> content_of(const source::Item& item, source::ItemConsumer& consumer);

  /// Those that are not here, as what was left out; nothing when all are.
  std::optional<Skipped> absent() const;

  /// Whether `skipped` was given by absent().
  static bool is_absence(const Skipped& skipped);

 private:
  std::string common_dir_;
  std::uint64_t max_size_;
  mutable std::mutex lock_;
  std::set<std::string> absent_;  // as a person knows them
};

}  // namespace sluice::app
