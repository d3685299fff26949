#include "config/folder.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/parallel.h"
#include "config/composition.h"
#include "config/environment.h"
#include "config/layout.h"
#include "config/overlay.h"

namespace sluice::config {
namespace {

using document::Entry;
using document::Kind;
using document::Node;

using Documents = std::unordered_map<std::string_view, const File*>;

Source read(const File& file, std::string environment, const Group& group, const Options& options) {
  const auto format = document::format_of(file.path).value_or(document::Format::yaml);
  const document::Dialect dialect{options.yaml, group.json_comments};
  Source source;
  source.file = &file;
  source.environment = std::move(environment);
  source.document = std::make_shared<const Result<document::Document>>(
      document::parse(format, file.text, file.path, options.limits, dialect));
  return source;
}

// Objects for a cluster and compose files have merges of their own.
bool is_foreign(const Source& source) {
  const Node* mapping = source.mapping();
  if (mapping == nullptr) return false;
  const auto has = [&](std::string_view key) { return mapping->find(key) != nullptr; };
  const Node* services = mapping->find("services");
  const bool is_compose = services != nullptr && services->kind == Kind::mapping &&
                          std::any_of(services->entries.begin(), services->entries.end(),
                                      [](const Entry& entry) {
                                        return entry.value.find("image") != nullptr ||
                                               entry.value.find("build") != nullptr;
                                      });
  return (has("apiVersion") && has("kind")) || is_compose || (has("openapi") && has("paths"));
}

// PHP and others read such files; configparser refuses them, so that none is meant for it.
bool is_foreign_ini(const Source& source) {
  if (source.is_read() || document::format_of(source.path()) != document::Format::ini) return false;
  const std::string& text = source.file->text;
  return !text.starts_with('[') && text.find("\n[") == std::string::npos;
}

constexpr std::array<std::string_view, 3> default_sections = {"default", "global", "base"};

// Makes the sections of the base's file its environments; false when there are none.
bool divide(Folder& folder) {
  if (folder.bases.empty() || folder.bases.front().mapping() == nullptr) return false;
  const Source whole = folder.bases.front();
  const Node* base = nullptr;
  std::vector<Source> environments;
  for (const Entry& entry : whole.mapping()->entries) {
    if (entry.value.kind != Kind::mapping) continue;
    const std::string& name = entry.key.text;
    const bool is_base = std::find(default_sections.begin(), default_sections.end(), name) !=
                         default_sections.end();
    if (is_base && base == nullptr) {
      base = &entry.value;
    } else if (is_usual_environment(name)) {
      environments.push_back(whole);
      environments.back().environment = name;
      environments.back().section = &entry.value;
    }
  }
  if (base == nullptr || environments.empty()) return false;
  folder.is_surely_merged = true;
  folder.bases.front().section = base;
  folder.layout = "[default] + [<env>] of one file";
  folder.environments = std::move(environments);
  return true;
}

// On all cores, as reading is much of the work, unless starting threads costs more than it saves.
void read_sources(const Group& group, const Documents& documents, const Options& options, Folder& folder) {
  constexpr std::size_t worth_threads = 16'000;
  folder.bases.resize(group.bases.size());
  folder.environments.resize(group.environments.size());
  const auto read_one = [&](std::size_t at) {
    if (at < group.bases.size()) {
      folder.bases[at] = read(*documents.at(group.bases[at]), "", group, options);
      return;
    }
    at -= group.bases.size();
    const EnvironmentFile& file = group.environments[at];
    folder.environments[at] = read(*documents.at(file.path), file.environment, group, options);
  };
  std::size_t bytes = 0;
  for (const std::string& path : group.bases) bytes += documents.at(path)->text.size();
  for (const EnvironmentFile& file : group.environments) bytes += documents.at(file.path)->text.size();
  const std::size_t count = group.bases.size() + group.environments.size();
  base::for_each_in_parallel(count, read_one, bytes >= worth_threads ? base::all_cores : 1);
}

Folder read_group(const Group& group, const Documents& documents, const Options& options) {
  Folder folder;
  folder.path = group.folder;
  folder.layout = group.layout;
  folder.strategy = options.strategy.value_or(group.strategy);
  folder.base_is_whole = group.base_is_whole;
  folder.is_surely_merged = group.is_surely_merged || options.strategy.has_value();
  folder.other_bases = group.other_bases;
  read_sources(group, documents, options, folder);
  return folder;
}

// Hydra's files: the keys come from what `defaults` lists, and what does not list the base stands alone.
void leave_compositions(Folder& folder, const Options& options) {
  const Source* base = folder.base();
  if (base == nullptr || !is_composed(folder)) return;
  std::erase_if(folder.environments, [&](const Source& source) { return !composes(source, *base); });
  folder.base_is_whole = false;
  if (!options.strategy) folder.strategy = Strategy::omegaconf;
}

// What the names leave open the content tells: whether the environments' files are laid over the base.
bool are_overlays(const Folder& folder) {
  const Source* base = folder.base();
  std::size_t overlays = 0;
  for_each_override(folder, [&](const Source& source, const Source&) {
    if (is_overlay(*source.mapping(), *base->mapping())) ++overlays;
  });
  const auto is_told_by_content = [](const Source& source) { return source.mapping() != nullptr; };
  return overlays > 0 && overlays == static_cast<std::size_t>(std::count_if(
                                         folder.environments.begin(), folder.environments.end(),
                                         is_told_by_content));
}

}  // namespace

const Node* Source::mapping() const {
  if (!is_read()) return nullptr;
  const Node& node = section != nullptr ? *section : (*document)->root;
  return node.kind == Kind::mapping ? &node : nullptr;
}

std::string Source::name() const {
  const std::size_t slash = file->path.rfind('/');
  std::string file_name = file->path.substr(slash == std::string::npos ? 0 : slash + 1);
  if (section == nullptr) return file_name;
  return file_name + " [" + (environment.empty() ? "default" : environment) + "]";
}

const Source* Folder::base() const {
  const auto has_mapping = [](const Source& source) { return source.mapping() != nullptr; };
  const auto found = std::find_if(bases.begin(), bases.end(), has_mapping);
  return found == bases.end() ? nullptr : &*found;
}

std::vector<Folder> read_folders(const std::vector<File>& files, const Options& options) {
  Documents documents;
  std::vector<std::string> paths;
  for (const File& file : files) {
    documents.emplace(file.path, &file);
    paths.push_back(file.path);
  }
  std::vector<Folder> result;
  for (const Group& group : find_groups(paths, options)) {
    Folder folder = read_group(group, documents, options);
    if (!folder.bases.empty() && is_foreign(folder.bases.front())) continue;
    if (!folder.bases.empty() && is_foreign_ini(folder.bases.front())) continue;
    std::erase_if(folder.environments, [](const Source& source) { return is_foreign(source) || is_foreign_ini(source); });
    leave_compositions(folder, options);
    if (!folder.is_surely_merged && are_overlays(folder)) {
      folder.is_surely_merged = true;
      folder.base_is_whole = folder.strategy != Strategy::omegaconf;
    } else if (group.must_be_overlay) {
      continue;
    }
    if (group.has_sections && folder.environments.empty() && !divide(folder)) continue;
    result.push_back(std::move(folder));
  }
  return result;
}

}  // namespace sluice::config
