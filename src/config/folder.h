#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/check.h"

namespace sluice::schema {
class Schema;
}

namespace sluice::config {

/// A configuration file as it was read, or one section of it (Group::has_sections).
struct Source {
  const File* file = nullptr;
  std::string environment;  ///< empty for a base
  /// Shared by the sections of one file.
  std::shared_ptr<const Result<document::Document>> document;
  const document::Node* section = nullptr;  ///< of `document`; null for the whole

  const std::string& path() const { return file->path; }
  bool is_read() const { return document->has_value(); }
  /// The root or section, if the file could be read and holds a mapping there; else null.
  const document::Node* mapping() const;
  /// The file's name without its folder; for a section also that.
  std::string name() const;
};

/// The configuration files of one group (layout.h), each list sorted by path.
struct Folder {
  std::string path;  ///< empty for the top
  std::string layout;
  std::vector<Source> bases;
  std::vector<Source> environments;
  Strategy strategy = Strategy::deep;
  bool base_is_whole = true;
  std::vector<std::string> other_bases;
  bool is_surely_merged = true;
  std::shared_ptr<const schema::Schema> schema;  ///< null until attach_schemas finds one

  /// The base that overrides are held against, if there is one with a mapping in it.
  const Source* base() const;
};

/// Calls `visit(source)` for every file of the folder, bases first.
template <class Visit>
void for_each_source(const Folder& folder, Visit visit) {
  for (const Source& source : folder.bases) visit(source);
  for (const Source& source : folder.environments) {
    if (source.section == nullptr) visit(source);
  }
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

/// Reads the configuration files among `files` and groups them, in order of folder. What turns out to
/// be something else (a Kubernetes object, a compose file) is left out. Borrows `files`.
std::vector<Folder> read_folders(const std::vector<File>& files, const Options& options);

}  // namespace sluice::config
