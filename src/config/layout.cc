#include "config/layout.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "base/ending_filter.h"
#include "base/glob.h"
#include "base/pieces.h"
#include "base/text.h"
#include "config/layout_names.h"
#include "document/node.h"

namespace sluice::config {
namespace {

constexpr std::string_view placeholder = "{env}";

// Folders whose files others wrote or that hold something else.
constexpr std::array<std::string_view, 8> foreign_folders = {
    "node_modules", "vendor", "third_party", ".github", "templates", "site-packages", "testdata",
    "fixtures"};

// Of the formats that configuration is kept in.
constexpr base::EndingFilter endings = {".yaml", ".yml", ".json", ".jsonc", ".toml", ".ini", ".cfg"};

// A path in its parts; views into it.
struct Name {
  std::string_view folder;
  std::string_view stem;
  std::string_view extension;
};

Name name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  Name name;
  if (slash != std::string_view::npos) name.folder = path.substr(0, slash);
  const std::string_view file = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  const std::size_t dot = file.rfind('.');
  name.stem = file.substr(0, dot);
  if (dot != std::string_view::npos) name.extension = file.substr(dot + 1);
  return name;
}

bool is_explicit(const Options& options) {
  return options.base_stem.has_value() || options.environment_pattern.has_value();
}

bool is_in_folders(std::string_view path, const Options& options) {
  return options.folders.empty() ||
         std::any_of(options.folders.begin(), options.folders.end(),
                     [&](const std::string& glob) { return base::path_matches(glob, path); });
}
// What Options name says of one path; the environment is empty for a base.
std::optional<std::string> named_role(const Name& name, const Options& options) {
  if (name.stem == options.base_stem.value_or("config_base")) return "";
  const std::string pattern = options.environment_pattern.value_or("config_{env}");
  const std::size_t hole = pattern.find(placeholder);
  if (hole == std::string::npos) return std::nullopt;
  const std::string_view before = std::string_view(pattern).substr(0, hole);
  const std::string_view after = std::string_view(pattern).substr(hole + placeholder.size());
  const std::string_view stem = name.stem;
  if (stem.size() <= before.size() + after.size() || !stem.starts_with(before) ||
      !stem.ends_with(after)) {
    return std::nullopt;
  }
  return std::string(stem.substr(before.size(), stem.size() - before.size() - after.size()));
}

std::vector<Group> find_named(const std::vector<std::string>& paths, const Options& options) {
  std::map<std::string, Group, std::less<>> groups;
  for (const std::string& path : paths) {
    if (!may_be_config_file(path, options)) continue;
    const Name name = name_of(path);
    auto role = named_role(name, options);
    if (!role) continue;
    Group& group = groups[std::string(name.folder)];
    group.folder = name.folder;
    group.layout = options.base_stem.value_or("config_base") + " + " +
                   options.environment_pattern.value_or("config_{env}");
    if (role->empty()) {
      group.bases.push_back(path);
    } else {
      group.environments.push_back({std::move(*role), path});
    }
  }
  std::vector<Group> result;
  for (auto& [folder, group] : groups) result.push_back(std::move(group));
  return result;
}

}  // namespace

bool may_be_config_file(std::string_view path, const Options& options) {
  // Asked of every path of a tree.
  if (options.extensions.empty() && !endings.may_end(path)) return false;
  const Name name = name_of(path);
  if (name.extension.empty() || name.stem.empty()) return false;
  if (!options.extensions.empty()) {
    if (!contains(options.extensions, name.extension)) return false;
  } else {
    const auto format = document::format_of(path);
    if (!format || *format == document::Format::dotenv || name.extension == "conf") return false;
  }
  if (is_explicit(options)) return is_in_folders(path, options) && named_role(name, options);
  const bool is_foreign = base::any_piece(
      name.folder, '/', [](std::string_view part) { return contains(foreign_folders, part); });
  return !is_foreign && is_in_folders(path, options);
}

std::vector<Group> find_groups(const std::vector<std::string>& paths, const Options& options) {
  std::vector<std::string> sorted = paths;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  if (is_explicit(options)) return find_named(sorted, options);
  LayoutFolders folders;
  for (std::string& path : sorted) {
    if (!may_be_config_file(path, options)) continue;
    const Name name = name_of(path);
    LayoutEntry entry{path, std::string(name.stem), base::to_lower(name.stem)};
    folders[std::string(name.folder)].push_back(std::move(entry));
  }
  std::vector<Group> groups;
  for (const auto& [folder, entries] : folders) find_in_folder(folder, entries, groups);
  find_across_folders(folders, groups);
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.folder < b.folder; });
  return groups;
}

std::vector<std::string> config_files(const std::vector<std::string>& paths,
                                      const Options& options) {
  std::set<std::string> files;
  for (const Group& group : find_groups(paths, options)) {
    files.insert(group.bases.begin(), group.bases.end());
    for (const EnvironmentFile& file : group.environments) files.insert(file.path);
    files.insert(group.other_bases.begin(), group.other_bases.end());
  }
  return {files.begin(), files.end()};
}

}  // namespace sluice::config