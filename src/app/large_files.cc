#include "app/large_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace sluice::app {
namespace {

const char* const absence = "the content is not here; `git lfs fetch --all` brings it";

}  // namespace

std::optional<source::WatchedFile> LargeFiles::content_of(const source::Item& item, source::ItemConsumer& consumer) {
  const auto pointer = git::parse_large_file_pointer(item.bytes);
  if (!pointer) return std::nullopt;
  const std::string name = item.paths.empty() ? item.origin.object : item.paths.front();
  source::SourceOptions limit;
  limit.max_blob_size = max_size_;
  if (source::skip_when_large(limit, pointer->size, name + " in Git LFS", consumer)) return std::nullopt;
  auto content = common_dir_.empty()
                     ? tl::make_unexpected(Error{ErrorKind::not_found, {}, {}, {}})
                     : source::WatchedFile::open(git::large_file_path(common_dir_, *pointer));
  if (content && content->bytes().size() == pointer->size) return std::move(*content);
  if (content) {
    consumer.problem({fmt::format("its content in Git LFS has {} bytes, and should have {}", content->bytes().size(),
                                  pointer->size),
                      name, "`git lfs fsck` checks it, `git lfs fetch` brings it anew"});
  } else if (content.error().kind == ErrorKind::not_found) {
    const std::lock_guard guard(lock_);
    absent_.insert_or_assign(name, pointer->sha256);
  } else {
    consumer.problem(source::to_problem(content.error()));
  }
  return std::nullopt;
}

std::optional<Skipped> LargeFiles::absent() const {
  constexpr std::size_t most_names = 3;
  const std::lock_guard guard(lock_);
  if (absent_.empty()) return std::nullopt;
  std::vector<std::string> names;
  for (auto file = absent_.begin(); file != absent_.end() && names.size() < most_names; ++file)
    names.push_back(file->first);
  if (absent_.size() > most_names) names.emplace_back("...");
  return Skipped{fmt::format("{} file{} in Git LFS ({})", absent_.size(), absent_.size() == 1 ? "" : "s",
                             fmt::join(names, ", ")),
                 absence};
}

AbsentFiles LargeFiles::absent_files() const {
  const std::lock_guard guard(lock_);
  return absent_;
}

// What cannot be told apart from something being there counts as that.
bool LargeFiles::has_come(const std::string& common_dir, const AbsentFiles& files) {
  return std::any_of(files.begin(), files.end(), [&](const auto& file) {
    std::error_code error;
    const auto status = std::filesystem::status(git::large_file_path(common_dir, {file.second, 0}), error);
    return status.type() != std::filesystem::file_type::not_found;
  });
}

bool LargeFiles::is_absence(const Skipped& skipped) { return skipped.reason == absence; }

}  // namespace sluice::app
