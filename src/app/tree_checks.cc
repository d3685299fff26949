#include "app/tree_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "config/check.h"
#include "config/checks.h"
#include "config/layout.h"
#include "deploy/check.h"
#include "deploy/checks.h"
#include "policy/check.h"
#include "policy/checks.h"
#include "source/item.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_config = 16u << 20;

// What lies in the folder of a file that is named alone: its base is there.
void add_neighbours(const fs::path& file, const config::Options& options,
                    std::vector<std::string>& found) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string path = (file.parent_path() / entry->path().filename()).string();
    if (entry->symlink_status().type() == fs::file_type::regular &&
        config::may_be_config_file(path, options)) {
      found.push_back(path);
    }
  }
}

// Files that may be configuration at and below `root`, found with an explicit stack.
void find_config_files(const std::string& root, const config::Options& options,
                       std::vector<std::string>& found, FindingSink& sink) {
  std::error_code error;
  if (fs::is_regular_file(root, error)) {
    add_neighbours(fs::path(root).lexically_normal(), options, found);
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
      } else if (type == fs::file_type::regular && config::may_be_config_file(path, options)) {
        found.push_back(path);
      }
    }
  }
}

std::vector<config::File> config_files_of(const policy::Tree& tree, const config::Options& options,
                                          FindingSink& sink) {
  std::vector<std::string> paths;
  for (const auto& file : tree.files()) {
    if (file.is_unmerged() || !file.is_regular()) continue;
    if (config::may_be_config_file(file.path, options)) paths.emplace_back(file.path);
  }
  std::vector<config::File> files;
  for (const std::string& path : config::config_files(paths, options)) {
    auto text = tree.read(*tree.find(path), largest_config);
    if (text) {
      files.push_back({path, std::move(*text)});
    } else {
      sink.add(source::to_problem(text.error()));
    }
  }
  return files;
}

}  // namespace

Status check_tree(const Session& session, const policy::Tree& tree, FindingSink& sink,
                  bool with_code) {
  if (any_active(session, policy::checks())) policy::check_env(tree, session.policy().env, sink);
  const bool has_deploy_checks = any_active(session, deploy::checks());
  const bool has_config_checks = any_active(session, config::checks());
  if (!has_deploy_checks && !has_config_checks) return {};
  const config::Options& options = session.policy().config;
  const std::vector<config::File> files = config_files_of(tree, options, sink);
  if (has_deploy_checks) {
    deploy::check_deployment(
        {tree, files, options, with_code},
        [&session](std::string_view id) { return session.is_active(std::string(id)); }, sink);
  }
  if (has_config_checks) config::check(files, options, sink);
  return {};
}

Result<std::vector<config::File>> read_config_files(const Session& session,
                                                    const std::vector<std::string>& paths,
                                                    FindingSink& sink) {
  const config::Options& options = session.policy().config;
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      sink.add(Problem{"no such file or folder", path, "give a path that exists"});
      continue;
    }
    find_config_files(path, options, found, sink);
  }
  std::vector<config::File> files;
  for (const std::string& path : config::config_files(found, options)) {
    auto text = base::read_file(path, largest_config);
    if (text) {
      files.push_back({path, std::move(*text)});
    } else {
      sink.add(source::to_problem(text.error()));
    }
  }
  if (!files.empty()) return files;
  return fail(ErrorKind::not_found,
              options.base_stem || options.environment_pattern
                  ? fmt::format("no configuration file ({}.yaml, {}.yaml) found",
                                options.base_stem.value_or("config_base"),
                                options.environment_pattern.value_or("config_{env}"))
                  : std::string("no configuration found in any of the usual layouts"),
              fmt::format("{}", fmt::join(paths, " ")),
              "name the folder, or set 'config:' in .sluice.yaml");
}

Status check_config_files(const Session& session, const std::vector<std::string>& paths,
                          FindingSink& sink, Scope& scope) {
  SLUICE_TRY_ASSIGN(const std::vector<config::File> files,
                    read_config_files(session, paths, sink));
  for (const config::File& file : files) scope.bytes += file.text.size();
  scope.files = files.size();
  config::check(files, session.policy().config, sink);
  return {};
}

}  // namespace sluice::app
