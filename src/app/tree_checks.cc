#include "app/tree_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/config_file.h"
#include "app/configuration_tables.h"
#include "app/project_files.h"
#include "base/file.h"
#include "base/helper_threads.h"
#include "config/check.h"
#include "config/checks.h"
#include "config/folder.h"
#include "config/layout.h"
#include "config/schema_source.h"
#include "deploy/check.h"
#include "deploy/checks.h"
#include "policy/check.h"
#include "policy/checks.h"
#include "project/check.h"
#include "project/checks.h"
#include "source/item.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;

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

// What lies at and below the named paths.
struct Found {
  std::vector<std::string> configuration;
  std::vector<std::string> others;  // that can say what is selected and given
};

// Files at and below `root`, found with an explicit stack.
void find_files(const std::string& root, const config::Options& options, Found& found,
                FindingSink& sink) {
  std::error_code error;
  if (fs::is_regular_file(root, error)) {
    add_neighbours(fs::path(root).lexically_normal(), options, found.configuration);
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
      if (type == fs::file_type::directory) {
        if (!project::is_foreign_folder(entry->path().filename().string())) pending.push_back(entry->path());
      } else if (type == fs::file_type::regular) {
        if (config::may_be_config_file(path, options)) found.configuration.push_back(path);
        if (project::role_of(path) != project::FileRole::none) found.others.push_back(path);
      }
    }
  }
}

Found find_files(const config::Options& options, const std::vector<std::string>& paths,
                 FindingSink& sink) {
  Found found;
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::exists(path, error)) {
      find_files(path, options, found, sink);
    } else {
      sink.add(Problem{"no such file or folder", path, "give a path that exists"});
    }
  }
  return found;
}

Result<std::vector<config::File>> read_found(const config::Options& options, const Found& found,
                                             const std::vector<std::string>& paths, FindingSink& sink) {
  constexpr std::size_t worth_a_thread = 16'000;
  std::vector<config::File> files;
  std::size_t bytes = 0;
  for (const std::string& path : config::config_files(found.configuration, options)) {
    auto text = read_config_file(path);
    if (text) {
      if ((bytes += text->size()) >= worth_a_thread) base::HelperThreads::shared().prepare();
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

// The configuration alone, and then what the rest of the project says about it.
void check_configuration(const Session& session, const std::vector<config::File>& files,
                         const config::ReadFile& read, const project::Files* project, FindingSink& sink,
                         Scope* scope) {
  const config::Options& options = session.policy().config;
  std::vector<config::Folder> folders = config::read_folders(files, options);
  if (session.is_active("CFG013")) config::attach_schemas(folders, options, read, sink);
  if (any_active(session, config::checks())) config::check(folders, options, sink);
  if (scope != nullptr && shows_tables(session.options())) add_tables(folders, options, *scope);
  if (project == nullptr) return;
  project::check(
      *project, folders, options, session.policy().env,
      [&session](std::string_view id) { return session.is_active(std::string(id)); }, sink);
}

}  // namespace

std::vector<config::File> config_files_of(const policy::Tree& tree, const config::Options& options,
                                          FindingSink& sink) {
  std::vector<std::string> paths;
  tree.for_each_file(!options.extensions.empty(), [&](const policy::TreeFile& file) {
    if (file.is_unmerged() || !file.is_regular()) return;
    if (config::may_be_config_file(file.path, options)) paths.emplace_back(file.path);
  });
  std::vector<config::File> files;
  for (const std::string& path : config::config_files(paths, options)) {
    auto text = read_config_file(tree, *tree.find(path));
    if (text) {
      files.push_back({path, std::move(*text)});
    } else {
      sink.add(source::to_problem(text.error()));
    }
  }
  return files;
}

namespace {

Status check(const Session& session, const policy::Tree& tree, Reading reading, const FindChanges& find_changes,
             FindingSink& sink, Scope* scope = nullptr) {
  if (any_active(session, policy::checks())) policy::check_env(tree, session.policy().env, sink);
  const bool has_deploy_checks = any_active(session, deploy::checks());
  const bool has_config_checks =
      any_active(session, config::checks()) || any_active(session, project::checks());
  if (!has_deploy_checks && !has_config_checks) return {};
  const config::Options& options = session.policy().config;
  const std::vector<config::File> files = config_files_of(tree, options, sink);
  if (has_deploy_checks) {
    SLUICE_TRY_ASSIGN(const ChangedPaths* const changed, find_changes());
    deploy::check_deployment(
        {tree, files, options, changed},
        [&session](std::string_view id) { return session.is_active(std::string(id)); }, sink);
  }
  if (!has_config_checks) return {};
  const config::ReadFile read = [&tree](const std::string& path) -> Result<std::string> {
    const policy::TreeFile* file = tree.find(path);
    if (file == nullptr) return fail(ErrorKind::not_found, "no such file is tracked", path);
    return read_config_file(tree, *file);
  };
  if (reading == Reading::whole_project) {
    const project::Files project = files_of(tree);
    check_configuration(session, files, read, &project, sink, scope);
  } else {
    check_configuration(session, files, read, nullptr, sink, scope);
  }
  return {};
}

}  // namespace

Status check_tree(const Session& session, const policy::Tree& tree, Reading reading,
                  FindingSink& sink, Scope* scope) {
  static const ChangedPaths none;
  const ChangedPaths* const changed = reading == Reading::whole_project ? nullptr : &none;
  return check(session, tree, reading, [changed] { return changed; }, sink, scope);
}

Status check_changed_tree(const Session& session, const policy::Tree& tree, const FindChanges& find_changes,
                          FindingSink& sink) {
  return check(session, tree, Reading::checked_files, find_changes, sink);
}

Result<std::vector<config::File>> read_config_files(const Session& session,
                                                    const std::vector<std::string>& paths,
                                                    FindingSink& sink) {
  const config::Options& options = session.policy().config;
  return read_found(options, find_files(options, paths, sink), paths, sink);
}

Status check_config_files(const Session& session, const std::vector<std::string>& paths,
                          FindingSink& sink, Scope& scope) {
  Found found = find_files(session.policy().config, paths, sink);
  SLUICE_TRY_ASSIGN(const std::vector<config::File> files,
                    read_found(session.policy().config, found, paths, sink));
  for (const config::File& file : files) scope.bytes += file.text.size();
  scope.files = files.size();
  const project::Files project = files_on_disk(std::move(found.others));
  const config::ReadFile read = [](const std::string& path) { return read_config_file(path); };
  check_configuration(session, files, read, &project, sink, &scope);
  return {};
}

}  // namespace sluice::app
