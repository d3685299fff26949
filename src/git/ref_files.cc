#include "git/ref_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "git/repository.h"

namespace sluice::git {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> listing_failure(const std::error_code& error, const std::string& directory) {
  const bool forbidden = error == std::errc::permission_denied;
  return fail(forbidden ? ErrorKind::unreadable : ErrorKind::io,
              "cannot list the directory: " + error.message(), directory);
}

}  // namespace

Result<std::vector<WorktreeDirectory>> worktree_directories(const Repository& repository) {
  const std::string& common = repository.common_dir();
  std::vector<WorktreeDirectory> found{{repository.git_dir(), ""}};
  if (repository.git_dir() != common) found.push_back({common, "main-worktree/"});
  std::error_code error;
  fs::directory_iterator entry(common + "/worktrees", error);
  if (error == std::errc::no_such_file_or_directory) return found;
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string path = entry->path().string();
    if (path != repository.git_dir())
      found.push_back({path, "worktrees/" + entry->path().filename().string() + "/"});
  }
  if (error) return listing_failure(error, common + "/worktrees");
  return found;
}

Result<std::vector<std::string>> files_below(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(directory, error);
  if (error == std::errc::no_such_file_or_directory) return files;
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code type_error;
    if (entry->is_directory(type_error)) continue;
    std::string name = entry->path().string().substr(directory.size() + 1);
    if (!name.ends_with(".lock")) files.push_back(std::move(name));
  }
  if (error) return listing_failure(error, directory);
  std::sort(files.begin(), files.end());
  return files;
}

bool is_per_worktree(std::string_view ref) {
  return ref.starts_with("refs/bisect/") || ref.starts_with("refs/worktree/") ||
         ref.starts_with("refs/rewritten/");
}

}  // namespace sluice::git
