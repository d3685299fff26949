#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "config/environment.h"
#include "config/layout_names.h"

namespace sluice::config {
namespace {

using Entry = LayoutEntry;

// Folders beside a base that hold one file for each environment.
constexpr std::array<std::string_view, 4> environment_folders = {"environments", "environment", "envs", "env"};

// `base/<file>` and `<env>/<file>` in folders side by side, as Kedro has it.
void find_folder_pairs(const LayoutFolders& folders, std::vector<Group>& groups) {
  for (const auto& [folder, entries] : folders) {
    const std::size_t slash = folder.rfind('/');
    const std::string_view last =
        std::string_view(folder).substr(slash == std::string::npos ? 0 : slash + 1);
    if (last != "base") continue;
    const auto is_kustomization = [](const Entry& e) { return e.lower == "kustomization"; };
    if (std::any_of(entries.begin(), entries.end(), is_kustomization)) continue;
    const std::string parent = slash == std::string::npos ? "" : folder.substr(0, slash + 1);
    std::map<std::string, Group> by_stem;
    for (const Entry& entry : entries) {
      Group& group = by_stem[entry.lower];
      group.folder = parent.empty() ? "" : parent.substr(0, parent.size() - 1);
      group.layout = std::string(base_folder_layout) + entry.lower + " + <env>/" + entry.lower;
      group.base_is_whole = false;
      group.bases.push_back(entry.path);
      if (parent == "conf/" || parent.ends_with("/conf/")) {
        group.strategy = Strategy::kedro_destructive;
      }
    }
    const auto below_parent = folders.lower_bound(parent);
    for (auto other = below_parent; other != folders.end() && other->first.starts_with(parent); ++other) {
      const std::string environment = other->first.substr(parent.size());
      if (environment.find('/') != std::string::npos || !is_usual_environment(environment)) continue;
      for (const Entry& entry : other->second) {
        const auto found = by_stem.find(entry.lower);
        if (found != by_stem.end()) found->second.environments.push_back({environment, entry.path});
      }
    }
    for (auto& [stem, group] : by_stem) {
      if (!group.environments.empty()) groups.push_back(std::move(group));
    }
  }
}

bool has_folder(const LayoutFolders& folders, const std::string& folder) {
  const auto below = folders.lower_bound(folder + "/");
  return folders.contains(folder) || (below != folders.end() && below->first.starts_with(folder + "/"));
}

// `<env>/parameters` and `<env>/catalog` in Kedro's folder `conf` without any `base`: at least two of a name, so that it
// is no coincidence.
void find_folders_without_base(const LayoutFolders& folders, std::vector<Group>& groups) {
  std::map<std::pair<std::string, std::string>, Group> by_place;
  for (const auto& [folder, entries] : folders) {
    const std::size_t slash = folder.rfind('/');
    if (slash == std::string::npos) continue;
    const std::string parent = folder.substr(0, slash);
    const std::string environment = folder.substr(slash + 1);
    if (parent != "conf" && !parent.ends_with("/conf")) continue;
    if (!is_usual_environment(environment) || has_folder(folders, parent + "/base")) continue;
    for (const Entry& entry : entries) {
      if (!entry.lower.starts_with("parameters") && !entry.lower.starts_with("catalog")) continue;
      by_place[{parent, entry.lower}].environments.push_back({environment, entry.path});
    }
  }
  for (auto& [place, group] : by_place) {
    if (group.environments.size() < 2) continue;
    group.folder = place.first;
    group.layout = std::string(base_folder_layout) + place.second + " + <env>/" + place.second;
    group.strategy = Strategy::kedro_destructive;
    group.base_is_whole = false;
    groups.push_back(std::move(group));
  }
}

bool is_plain(const Entry& base) {
  return std::any_of(plain_stems.begin(), plain_stems.end(),
                     [&](const Stem& stem) { return stem.name == base.lower; });
}

// The environments in `folder`, unless it has a base of its own.
std::vector<EnvironmentFile> environments_in(const LayoutFolders& folders, const std::string& folder) {
  std::vector<EnvironmentFile> environments;
  const auto found = folders.find(folder);
  if (found == folders.end()) return environments;
  for (const Entry& entry : found->second) {
    if (contains(bare_stems, entry.lower)) return {};
    if (is_usual_environment(entry.lower)) environments.push_back({entry.stem, entry.path});
  }
  return environments;
}

// `settings` beside a folder `settings` with `<env>` in it, or beside a folder `environments`.
void find_environment_folders(const LayoutFolders& folders, std::vector<Group>& groups) {
  for (const auto& [folder, entries] : folders) {
    for (const Entry& base : entries) {
      if (!is_plain(base) && !contains(bare_stems, base.lower)) continue;
      std::vector<std::string> names(environment_folders.begin(), environment_folders.end());
      if (is_plain(base)) names.insert(names.begin(), base.lower);
      Group group;
      for (const std::string& name : names) {
        group.layout = base.lower + " + " + name + "/<env>";
        group.environments = environments_in(folders, folder.empty() ? name : folder + "/" + name);
        if (!group.environments.empty()) break;
      }
      if (group.environments.empty()) continue;
      group.folder = folder;
      group.bases = {base.path};
      group.must_be_overlay = true;
      group.is_surely_merged = false;
      groups.push_back(std::move(group));
    }
  }
}

}  // namespace

void find_across_folders(const LayoutFolders& folders, std::vector<Group>& groups) {
  find_folder_pairs(folders, groups);
  find_folders_without_base(folders, groups);
  find_environment_folders(folders, groups);
}

}  // namespace sluice::config
