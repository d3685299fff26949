#include "app/configuration_folder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "app/config_file.h"
#include "config/layout.h"
#include "config/merged.h"
#include "git/index.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

constexpr int deepest = 4;
constexpr std::size_t most_folders = 2000;

Result<Paths> tracked_files(const git::Repository& repository, const config::Options& options) {
  Paths paths;
  SLUICE_TRY_ASSIGN(const auto index, git::shared_sparse_index(repository));
  std::error_code error;
  const fs::path here = fs::current_path(error);
  for (const git::IndexEntry& entry : index->entries) {
    if (!config::may_be_config_file(entry.path, options)) continue;
    const fs::path place = fs::path(repository.work_tree()) / entry.path;
    const fs::path shown = place.lexically_relative(here);
    paths.push_back(shown.empty() ? place.string() : shown.string());
  }
  return paths;
}

struct Pending {
  fs::path folder;
  int depth = 0;
};

Paths files_below(const std::string& root, int levels, const config::Options& options) {
  Paths paths;
  std::vector<Pending> pending = {{root, 0}};
  for (std::size_t at = 0; at < pending.size() && at < most_folders; ++at) {
    const Pending here = pending[at];
    std::error_code error;
    for (fs::directory_iterator entry(here.folder, error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      const fs::file_type type = entry->status(error).type();
      const std::string path = entry->path().lexically_normal().string();
      if (type == fs::file_type::directory && here.depth < levels && !entry->is_symlink(error) &&
          !name.starts_with('.') && name != "node_modules")
        pending.push_back({entry->path(), here.depth + 1});
      if (type == fs::file_type::regular && config::may_be_config_file(path, options))
        paths.push_back(path);
    }
  }
  return paths;
}

// Where the policy's folders count; what is named counts wherever it is.
Result<Paths> paths_at(const std::string& path, const config::Options& options,
                       const config::Options& anywhere, const git::Repository* repository) {
  std::error_code error;
  if (fs::is_directory(path, error)) return files_below(path, deepest, anywhere);
  if (!path.empty() && fs::exists(path, error)) {
    const fs::path folder = fs::path(path).parent_path();
    return files_below(folder.empty() ? "." : folder.string(), 0, anywhere);
  }
  if (!path.empty()) return fail(ErrorKind::not_found, "no such file or folder", path);
  if (repository != nullptr && !repository->is_bare()) {
    SLUICE_TRY_ASSIGN(Paths tracked, tracked_files(*repository, options));
    const auto groups = config::find_groups(tracked, anywhere);
    if (std::any_of(groups.begin(), groups.end(),
                    [](const config::Group& group) { return !group.bases.empty(); }))
      return tracked;
  }
  return files_below(".", deepest, options);
}

// What makes the choice: the file that is named, or else the environment that is wanted.
void leave_likeliest(std::vector<config::Folder>& folders, const std::string& path,
                     std::string_view environment) {
  std::error_code error;
  const std::string file = fs::is_regular_file(path, error)
                               ? fs::path(path).lexically_normal().string()
                               : std::string();
  const auto is_likely = [&](const config::Folder& folder) {
    bool holds_file = false;
    config::for_each_source(
        folder, [&](const config::Source& one) { holds_file = holds_file || one.path() == file; });
    return file.empty() ? config::find_environment(folder, environment) != nullptr : holds_file;
  };
  if (std::any_of(folders.begin(), folders.end(), is_likely))
    std::erase_if(folders, [&](const config::Folder& folder) { return !is_likely(folder); });
}

}  // namespace

Result<std::unique_ptr<ConfigurationFiles>> read_configuration_at(
    const std::string& path, std::string_view environment, const config::Options& options,
    const git::Repository* repository) {
  auto result = std::make_unique<ConfigurationFiles>();
  config::Options anywhere = options;
  anywhere.folders.clear();
  SLUICE_TRY_ASSIGN(const Paths paths, paths_at(path, options, anywhere, repository));
  for (const std::string& file : config::config_files(paths, anywhere)) {
    SLUICE_TRY_ASSIGN(std::string text, read_config_file(file));
    result->files.push_back({file, std::move(text)});
  }
  auto folders = config::read_folders(result->files, anywhere);
  std::erase_if(folders, [](const config::Folder& folder) { return folder.bases.empty(); });
  if (folders.size() > 1) leave_likeliest(folders, path, environment);
  if (folders.empty())
    return fail(ErrorKind::not_found, "no configuration with a base is here", path,
                "name its folder with --path");
  if (folders.size() > 1) {
    Paths names;
    for (const config::Folder& folder : folders) names.push_back(folder.bases.front().path());
    return fail(ErrorKind::not_found,
                fmt::format("several configurations are here: {}", fmt::join(names, ", ")), path,
                "choose one with --path");
  }
  result->folder = std::move(folders.front());
  return result;
}

}  // namespace sluice::app
