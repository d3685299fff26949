#include "app/tree_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "config/check.h"
#include "config/checks.h"
#include "policy/check.h"
#include "policy/checks.h"
#include "source/item.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_config = 16u << 20;

// An environment's file named alone still has to be held against its base.
void add_base_beside(const fs::path& file, const config::Options& options,
                     std::vector<std::string>& found) {
  for (const std::string& extension : options.extensions) {
    const fs::path base = file.parent_path() / (options.base_stem + "." + extension);
    std::error_code error;
    if (fs::is_regular_file(base, error)) found.push_back(base.string());
  }
}

// Configuration files at and below `root`, found with an explicit stack.
void find_config_files(const std::string& root, const config::Options& options,
                       std::vector<std::string>& found, FindingSink& sink) {
  std::error_code error;
  if (fs::is_regular_file(root, error)) {
    if (!config::is_config_file(root, options)) return;
    found.push_back(root);
    add_base_beside(root, options, found);
    return;
  }
  std::vector<fs::path> pending = {root};
  while (!pending.empty()) {
    const fs::path folder = std::move(pending.back());
    pending.pop_back();
    fs::directory_iterator entry(folder, error);
    if (error) sink.add(Problem{fmt::format("cannot read: {}", error.message()), folder.string(), {}});
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const fs::file_type type = entry->symlink_status().type();
      const std::string path = entry->path().lexically_normal().string();
      if (type == fs::file_type::directory && entry->path().filename() != ".git") {
        pending.push_back(entry->path());
      } else if (type == fs::file_type::regular && config::is_config_file(path, options)) {
        found.push_back(path);
      }
    }
  }
}

}  // namespace

Status check_tree(const Session& session, const policy::Tree& tree, FindingSink& sink) {
  if (any_active(session, policy::checks())) policy::check_env(tree, session.policy().env, sink);
  if (!any_active(session, config::checks())) return {};
  std::vector<config::File> files;
  for (const auto& file : tree.files()) {
    if (file.unmerged || !config::is_config_file(file.path, session.policy().config)) continue;
    auto text = tree.read(file, largest_config);
    if (text) {
      files.push_back({std::string(file.path), std::move(*text)});
    } else {
      sink.add(source::to_problem(text.error()));
    }
  }
  config::check(files, session.policy().config, sink);
  return {};
}

Status check_config_files(const Session& session, const std::vector<std::string>& paths,
                          FindingSink& sink, Scope& scope) {
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      sink.add(Problem{"no such file or folder", path, "give a path that exists"});
      continue;
    }
    find_config_files(path, session.policy().config, found, sink);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<config::File> files;
  for (const std::string& path : found) {
    auto text = base::read_file(path, largest_config);
    if (text) {
      scope.bytes += text->size();
      files.push_back({path, std::move(*text)});
    } else {
      sink.add(source::to_problem(text.error()));
    }
  }
  scope.files = files.size();
  if (files.empty()) {
    return fail(ErrorKind::not_found,
                fmt::format("no configuration file ({}.yaml, {}.yaml) found",
                            session.policy().config.base_stem,
                            session.policy().config.environment_pattern),
                fmt::format("{}", fmt::join(paths, " ")),
                "name the folder, or set 'config:' in .sluice.yaml");
  }
  config::check(files, session.policy().config, sink);
  return {};
}

}  // namespace sluice::app
