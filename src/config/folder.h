#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/check.h"

namespace sluice::config {

/// A configuration file as it was read.
struct Source {
  const File* file = nullptr;
  std::string environment;  ///< empty for a base
  Result<document::Document> document = document::Document{};

  const std::string& path() const { return file->path; }
  /// The root, if the file could be read and holds a mapping; else null.
  const document::Node* mapping() const;
  /// The file's name without its folder.
  std::string_view name() const;
};

/// The configuration files of one folder, each list sorted by path.
struct Folder {
  std::string path;  ///< empty for the top
  std::vector<Source> bases;
  std::vector<Source> environments;

  /// The base that overrides are held against, if there is one with a mapping in it.
  const Source* base() const;
};

/// Calls `visit(source)` for every file of the folder, bases first.
template <class Visit>
void for_each_source(const Folder& folder, Visit visit) {
  for (const Source& source : folder.bases) visit(source);
  for (const Source& source : folder.environments) visit(source);
}

/// Calls `visit(source, base)` for every environment's file that can be held against a base.
template <class Visit>
void for_each_override(const Folder& folder, Visit visit) {
  const Source* base = folder.base();
  if (base == nullptr) return;
  for (const Source& source : folder.environments) {
    if (source.mapping() != nullptr) visit(source, *base);
  }
}

/// What a file name says. `environment` is empty for a base.
struct Role {
  std::string environment;
};

/// The role of the file at `path`, or nothing when it is no configuration file.
std::optional<Role> role_of(std::string_view path, const Options& options);

/// Reads the configuration files among `files` and groups them by folder, in order of path. Borrows
/// `files`.
std::vector<Folder> read_folders(const std::vector<File>& files, const Options& options);

/// One name for the usual spellings of an environment: `production` and `prd` are `prod`.
std::string canonical_environment(std::string_view environment);

}  // namespace sluice::config
