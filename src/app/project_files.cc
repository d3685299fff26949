#include "app/project_files.h"

#include <algorithm>
#include <utility>

#include "base/file.h"

namespace sluice::app {
namespace {

constexpr std::size_t largest = 1u << 20;

}  // namespace

project::Files files_of(const policy::Tree& tree) {
  project::Files files;
  for (const policy::TreeFile& file : tree.files()) {
    if (file.is_regular() && !file.is_unmerged() && project::role_of(file.path) != project::FileRole::none) {
      files.paths.emplace_back(file.path);
    }
  }
  files.read = [&tree](const std::string& path) { return tree.read(*tree.find(path), largest); };
  return files;
}

project::Files files_on_disk(std::vector<std::string> paths) {
  std::sort(paths.begin(), paths.end());
  return {std::move(paths), [](const std::string& path) { return base::read_file(path, largest); }};
}

}  // namespace sluice::app
