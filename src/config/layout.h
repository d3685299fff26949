#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/check.h"

namespace sluice::config {

/// How the layouts of which the base is a folder begin.
inline constexpr std::string_view base_folder_layout = "base/";

/// An environment's file as its name tells it.
struct EnvironmentFile {
  std::string environment;
  std::string path;
};

/// Files that a loader merges, told by their names alone. Lists are sorted by path.
struct Group {
  std::string folder;  ///< that the files lie in; empty for the top
  std::string layout;  ///< for a person: `config_base + config_<env>`
  std::vector<std::string> bases;
  std::vector<EnvironmentFile> environments;
  Strategy strategy = Strategy::deep;  ///< of the loader that usually reads such files
  /// Whether the base is meant to hold every key, so that one that it lacks is a mistake.
  bool base_is_whole = true;
  /// Whether such files are surely merged: `config.yaml` and `config_dev.yaml` may each stand alone, and
  /// what they share is then no repetition.
  bool is_surely_merged = true;
  /// Whether nothing but the content can tell that these files belong together: those that do not look as
  /// if they were laid over the base are left out.
  bool must_be_overlay = false;
  bool json_comments = false;
  /// One file whose top keys are the environments, `default` among them, as dynaconf has it. The
  /// content decides.
  bool has_sections = false;
  /// Other files that could be the base of the same environments.
  std::vector<std::string> other_bases;
};

/// True when the file at `path` may belong to a group, by its extension and folder.
bool may_be_config_file(std::string_view path, const Options& options);

/// The groups among `paths`, which are all the files there are (with `/`), in order of folder. Where
/// Options name base and environments these names alone count, else the usual layouts of
/// docs/config.md.
std::vector<Group> find_groups(const std::vector<std::string>& paths, const Options& options);

/// The files that check() would read of `paths`, sorted.
std::vector<std::string> config_files(const std::vector<std::string>& paths,
                                      const Options& options);

}  // namespace sluice::config
