#include "config/folder.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/glob.h"
#include "base/text.h"

namespace sluice::config {
namespace {

struct Spelling {
  std::string_view written;
  std::string_view meant;
};

constexpr std::array<Spelling, 14> spellings = {{{"development", "dev"},
                                                 {"develop", "dev"},
                                                 {"devel", "dev"},
                                                 {"production", "prod"},
                                                 {"prd", "prod"},
                                                 {"live", "prod"},
                                                 {"stage", "staging"},
                                                 {"stg", "staging"},
                                                 {"preprod", "staging"},
                                                 {"pre-prod", "staging"},
                                                 {"testing", "test"},
                                                 {"tst", "test"},
                                                 {"qa", "test"},
                                                 {"localhost", "local"}}};

constexpr std::string_view placeholder = "{env}";

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

Source read(const File& file, std::string environment, const Options& options) {
  const bool is_json = file.path.ends_with(".json");
  return {&file, std::move(environment),
          is_json ? document::parse_json(file.text, file.path, options.limits)
                  : document::parse_yaml(file.text, file.path, options.limits)};
}

}  // namespace

const document::Node* Source::mapping() const {
  if (!document || document->root.kind != document::Kind::mapping) return nullptr;
  return &document->root;
}

std::string_view Source::name() const {
  const std::size_t slash = file->path.rfind('/');
  return std::string_view(file->path).substr(slash == std::string::npos ? 0 : slash + 1);
}

const Source* Folder::base() const {
  const auto has_mapping = [](const Source& source) { return source.mapping() != nullptr; };
  const auto found = std::find_if(bases.begin(), bases.end(), has_mapping);
  return found == bases.end() ? nullptr : &*found;
}

std::optional<Role> role_of(std::string_view path, const Options& options) {
  const auto matches = [&](const std::string& glob) { return base::path_matches(glob, path); };
  if (!options.folders.empty() &&
      std::none_of(options.folders.begin(), options.folders.end(), matches)) {
    return std::nullopt;
  }
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto& extensions = options.extensions;
  if (std::find(extensions.begin(), extensions.end(), name.substr(dot + 1)) == extensions.end()) {
    return std::nullopt;
  }
  const std::string_view stem = name.substr(0, dot);
  if (stem == options.base_stem) return Role{};
  const std::string_view pattern = options.environment_pattern;
  const std::size_t hole = pattern.find(placeholder);
  if (hole == std::string_view::npos) return std::nullopt;
  const std::string_view before = pattern.substr(0, hole);
  const std::string_view after = pattern.substr(hole + placeholder.size());
  if (stem.size() <= before.size() + after.size() || !stem.starts_with(before) ||
      !stem.ends_with(after)) {
    return std::nullopt;
  }
  return Role{std::string(stem.substr(before.size(), stem.size() - before.size() - after.size()))};
}

std::vector<Folder> read_folders(const std::vector<File>& files, const Options& options) {
  std::vector<std::pair<const File*, Role>> chosen;
  for (const File& file : files) {
    if (auto role = role_of(file.path, options)) chosen.emplace_back(&file, std::move(*role));
  }
  std::sort(chosen.begin(), chosen.end(),
            [](const auto& a, const auto& b) { return a.first->path < b.first->path; });
  std::map<std::string, Folder, std::less<>> folders;
  for (auto& [file, role] : chosen) {
    const std::string path(folder_of(file->path));
    Folder& folder = folders[path];
    folder.path = path;
    auto& list = role.environment.empty() ? folder.bases : folder.environments;
    list.push_back(read(*file, std::move(role.environment), options));
  }
  std::vector<Folder> result;
  for (auto& [path, folder] : folders) result.push_back(std::move(folder));
  return result;
}

std::string canonical_environment(std::string_view environment) {
  const std::string lower = base::to_lower(environment);
  for (const Spelling& row : spellings) {
    if (row.written == lower) return std::string(row.meant);
  }
  return lower;
}

bool is_config_file(std::string_view path, const Options& options) {
  return role_of(path, options).has_value();
}

}  // namespace sluice::config
