#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "config/environment.h"
#include "config/layout_names.h"

namespace sluice::config {
namespace {

using Entry = LayoutEntry;

constexpr std::string_view separators = "_-.";

// Behind `config_` and its like, where there is no `config_base`.
constexpr std::array<std::string_view, 5> base_words = {"default", "defaults", "common", "shared", "global"};
constexpr std::array<std::string_view, 4> common_stems = {"config", "conf", "configuration", "settings"};

// Names that end so may have `<name>_<env>` beside them; their content has to show it.
constexpr std::array<std::string_view, 4> config_endings = {"config", "settings", "params", "parameters"};
constexpr std::array<std::string_view, 3> tool_stems = {"tsconfig", "jsconfig", "pre-commit-config"};

// Of a name behind `config_`: what it says is no environment.
constexpr std::array<std::string_view, 7> no_environments = {"schema", "example", "sample",
                                                             "template", "tmpl",  "dist", "default"};

constexpr std::array<std::string_view, 5> template_words = {"example", "sample", "template", "tmpl", "dist"};

class FolderReader {
 public:
  FolderReader(std::string folder, std::vector<Entry> entries)
      : folder_(std::move(folder)), entries_(std::move(entries)) {}

  void read(std::vector<Group>& groups) {
    for (const Entry& entry : entries_) {
      if (entry.lower == "chart") has_chart_ = true;
    }
    find_prefixed();
    find_common();
    for (const Stem& stem : plain_stems) find_plain(stem);
    find_bare();
    find_named_like_configuration();
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

  // `config_default` and `config_<env>`, where no `config_base` is there.
  void find_common() {
    for (const std::string_view stem : common_stems) {
      for (const char separator : separators) {
        const std::string prefix = std::string(stem) + separator;
        if (has_base(prefix)) continue;
        Group group;
        for (const Entry& entry : entries_) {
          if (entry.lower.starts_with(prefix) && contains(base_words, entry.lower.substr(prefix.size()))) {
            group.bases.push_back(entry.path);
          }
        }
        if (group.bases.size() != 1) continue;
        group.folder = folder_;
        group.layout = layout_of(prefix);
        group.base_is_whole = false;
        group.is_surely_merged = false;
        for (const Entry& entry : entries_) {
          const auto environment = environment_behind(entry, prefix, false);
          if (environment) claim(group, entry, *environment);
        }
        found_.push_back(std::move(group));
      }
    }
  }

  bool has_base(const std::string& prefix) const {
    return std::any_of(entries_.begin(), entries_.end(),
                       [&](const Entry& entry) { return entry.lower == prefix + "base"; });
  }

  // `training_config` and `training_config_<env>`.
  void find_named_like_configuration() {
    for (const Entry& base : entries_) {
      if (claims_.contains(base.path) || contains(tool_stems, base.lower)) continue;
      const auto ends_base = [&](std::string_view word) {
        return base.lower.size() > word.size() && base.lower.ends_with(word);
      };
      if (std::none_of(config_endings.begin(), config_endings.end(), ends_base)) continue;
      Group group;
      group.folder = folder_;
      group.layout = base.lower + " + " + base.lower + "_<env>";
      group.bases = {base.path};
      group.must_be_overlay = true;
      group.is_surely_merged = false;
      for (const Entry& entry : entries_) {
        for (const char separator : separators) {
          const auto environment = environment_behind(entry, base.lower + separator, false);
          if (environment && !claims_.contains(entry.path)) claim(group, entry, *environment);
        }
      }
      if (!group.environments.empty()) found_.push_back(std::move(group));
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
      // Where there is a template, each file is a copy of it and stands alone.
      if (entry.lower.starts_with("config_") && contains(template_words, entry.lower.substr(7))) return;
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

}  // namespace

void find_in_folder(const std::string& folder, const std::vector<LayoutEntry>& entries,
                    std::vector<Group>& groups) {
  FolderReader(folder, entries).read(groups);
}

}  // namespace sluice::config
