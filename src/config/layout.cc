#include "config/layout.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/glob.h"
#include "base/text.h"
#include "config/environment.h"
#include "document/node.h"

namespace sluice::config {
namespace {

constexpr std::string_view placeholder = "{env}";
constexpr std::string_view separators = "_-.";

// Names that are a base by themselves, beside `<name>_<env>`, `<name>-<env>` or `<name>.<env>`.
struct Stem {
  std::string_view name;
  bool is_surely_merged;  // whether its environments' files never stand alone
  Strategy strategy;
};
constexpr std::array<Stem, 11> plain_stems = {{{"config", false, Strategy::deep},
                                              {"conf", false, Strategy::deep},
                                              {"configuration", false, Strategy::deep},
                                              {"app_config", false, Strategy::deep},
                                              {"parameters", false, Strategy::deep},
                                              {"params", false, Strategy::deep},
                                              {"settings", false, Strategy::deep},
                                              {"app", false, Strategy::deep},
                                              {"application", true, Strategy::deep},
                                              {"values", true, Strategy::helm},
                                              {"appsettings", true, Strategy::dotnet}}};

constexpr std::array<std::string_view, 4> bare_stems = {"base", "default", "defaults", "common"};

// Of a name behind `config_`: what it says is no environment.
constexpr std::array<std::string_view, 7> no_environments = {"schema", "example", "sample",
                                                             "template", "tmpl",  "dist", "default"};

// Folders whose files others wrote or that hold something else.
constexpr std::array<std::string_view, 8> foreign_folders = {
    "node_modules", "vendor", "third_party", ".github", "templates", "site-packages", "testdata",
    "fixtures"};

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

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

struct Entry {
  std::string path;
  std::string stem;   // as written
  std::string lower;  // in lower case
};

// Those of one folder.
class FolderReader {
 public:
  FolderReader(std::string folder, std::vector<Entry> entries)
      : folder_(std::move(folder)), entries_(std::move(entries)) {}

  void read(std::vector<Group>& groups) {
    for (const Entry& entry : entries_) {
      if (entry.lower == "chart") has_chart_ = true;
    }
    find_prefixed();
    for (const Stem& stem : plain_stems) find_plain(stem);
    find_bare();
    for (Group& group : found_) {
      for (const Group& other : found_) note_ambiguity(group, other);
    }
    for (Group& group : found_) {
      if (!group.environments.empty() || group.has_sections || group.layout == named_layout) {
        groups.push_back(std::move(group));
      }
    }
    find_without_base(groups);
  }

 private:
  static constexpr std::string_view named_layout = "config_base + config_<env>";

  Group& group_of(const std::string& layout) {
    for (Group& group : found_) {
      if (group.layout == layout) return group;
    }
    Group group;
    group.folder = folder_;
    group.layout = layout;
    return found_.emplace_back(std::move(group));
  }

  // The environment in `entry`'s name behind `prefix`, if it is one.
  static std::optional<std::string> environment_behind(const Entry& entry, std::string_view prefix,
                                                       bool takes_any) {
    if (!entry.lower.starts_with(prefix) || entry.lower.size() <= prefix.size()) return std::nullopt;
    const std::string_view rest = std::string_view(entry.lower).substr(prefix.size());
    if (rest == "base" || contains(no_environments, rest)) return std::nullopt;
    if (!takes_any && !is_usual_environment(rest)) return std::nullopt;
    return entry.stem.substr(prefix.size());
  }

  void claim(Group& group, const Entry& entry, std::string environment) {
    claims_[entry.path].push_back(group.layout);
    if (claims_[entry.path].size() > 1) return;
    group.environments.push_back({std::move(environment), entry.path});
  }

  // `<name>_base` and `<name>_<env>`.
  void find_prefixed() {
    std::set<std::string> prefixes;
    for (const Entry& entry : entries_) {
      const std::size_t size = entry.lower.size();
      if (size < 6 || !entry.lower.ends_with("base")) continue;
      const char separator = entry.lower[size - 5];
      if (separators.find(separator) == std::string_view::npos) continue;
      const std::string prefix = entry.lower.substr(0, size - 4);
      prefixes.insert(prefix);
      group_of(layout_of(prefix)).bases.push_back(entry.path);
    }
    for (const std::string& prefix : prefixes) {
      const bool is_config = prefix.substr(0, prefix.size() - 1) == "config";
      for (const Entry& entry : entries_) {
        const auto environment = environment_behind(entry, prefix, is_config);
        if (environment) claim(group_of(layout_of(prefix)), entry, *environment);
      }
    }
  }

  static std::string layout_of(const std::string& prefix) { return prefix + "base + " + prefix + "<env>"; }

  void find_plain(const Stem& stem) {
    std::vector<const Entry*> bases;
    for (const Entry& entry : entries_) {
      if (entry.lower == stem.name) bases.push_back(&entry);
    }
    if (bases.empty()) return;
    const std::string name(stem.name);
    Group& group = group_of(name + " + " + name + "_<env>");
    for (const Entry* base : bases) group.bases.push_back(base->path);
    group.strategy = stem.strategy;
    group.base_is_whole = stem.name == "values" && has_chart_;
    group.is_surely_merged = stem.is_surely_merged;
    group.json_comments = stem.name == "appsettings";
    group.has_sections = stem.name == "settings";
    for (const Entry& entry : entries_) {
      for (const char separator : separators) {
        const auto environment = environment_behind(entry, name + separator, false);
        if (environment) claim(group, entry, *environment);
      }
    }
  }

  // `base` and `<env>` as whole names.
  void find_bare() {
    for (const std::string_view stem : bare_stems) {
      const auto is_base = [&](const Entry& entry) { return entry.lower == stem; };
      if (std::none_of(entries_.begin(), entries_.end(), is_base)) continue;
      Group& group = group_of(std::string(stem) + " + <env>");
      for (const Entry& entry : entries_) {
        if (is_base(entry)) group.bases.push_back(entry.path);
        if (is_usual_environment(entry.lower)) claim(group, entry, entry.stem);
      }
    }
  }

  void note_ambiguity(Group& group, const Group& other) const {
    if (&group == &other || other.bases.empty()) return;
    for (const EnvironmentFile& file : group.environments) {
      const auto& claims = claims_.at(file.path);
      if (std::find(claims.begin() + 1, claims.end(), other.layout) == claims.end()) continue;
      group.other_bases.insert(group.other_bases.end(), other.bases.begin(), other.bases.end());
      return;
    }
  }

  // `config_<env>` files without any base: at least two, so that it is no coincidence.
  void find_without_base(std::vector<Group>& groups) const {
    Group group;
    group.folder = folder_;
    group.layout = named_layout;
    for (const Entry& entry : entries_) {
      if (claims_.contains(entry.path)) continue;
      const auto environment = environment_behind(entry, "config_", false);
      if (environment) group.environments.push_back({*environment, entry.path});
    }
    if (group.environments.size() >= 2) groups.push_back(std::move(group));
  }

  std::string folder_;
  std::vector<Entry> entries_;
  std::vector<Group> found_;
  std::map<std::string, std::vector<std::string>> claims_;
  bool has_chart_ = false;
};

// `base/<file>` and `<env>/<file>` in folders side by side, as Kedro has it.
void find_folder_pairs(const std::map<std::string, std::vector<Entry>, std::less<>>& folders,
                       std::vector<Group>& groups) {
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
      group.layout = "base/" + entry.lower + " + <env>/" + entry.lower;
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
  const Name name = name_of(path);
  if (name.extension.empty() || name.stem.empty()) return false;
  if (!options.extensions.empty()) {
    if (!contains(options.extensions, name.extension)) return false;
  } else {
    const auto format = document::format_of(path);
    if (!format || *format == document::Format::dotenv || name.extension == "conf") return false;
  }
  if (is_explicit(options)) return is_in_folders(path, options) && named_role(name, options);
  for (const std::string_view part : base::split(name.folder, '/')) {
    if (contains(foreign_folders, part)) return false;
  }
  return is_in_folders(path, options);
}

std::vector<Group> find_groups(const std::vector<std::string>& paths, const Options& options) {
  std::vector<std::string> sorted = paths;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  if (is_explicit(options)) return find_named(sorted, options);
  std::map<std::string, std::vector<Entry>, std::less<>> folders;
  for (std::string& path : sorted) {
    if (!may_be_config_file(path, options)) continue;
    const Name name = name_of(path);
    Entry entry{path, std::string(name.stem), base::to_lower(name.stem)};
    folders[std::string(name.folder)].push_back(std::move(entry));
  }
  std::vector<Group> groups;
  for (const auto& [folder, entries] : folders) FolderReader(folder, entries).read(groups);
  find_folder_pairs(folders, groups);
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
