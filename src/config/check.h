#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/node.h"
#include "finding/sink.h"

namespace sluice::config {

/// One configuration file. `path` is what findings will name, with `/`; `text` its bytes.
struct File {
  std::string path;
  std::string text;
};

/// When a null in the base obliges an environment to give a value.
enum class NullMeans {
  optional,             ///< never
  set_where_others_do,  ///< when another environment gives one
  mandatory,            ///< always
};

/// Which files belong together and how strictly they are held against each other.
struct Options {
  /// The base's name without extension.
  std::string base_stem = "config_base";
  /// An environment's name without extension; `{env}` stands for at least one character.
  std::string environment_pattern = "config_{env}";
  /// What either may end in, without the dot. `json` is read as JSON, all else as YAML.
  std::vector<std::string> extensions = {"yaml", "yml"};
  /// Globs (base/glob.h path_matches) over paths; empty means everywhere.
  std::vector<std::string> folders;
  /// Severity by check id; nullopt turns the check off. Ids that are not listed keep their default.
  std::map<std::string, std::optional<Severity>> severities;
  /// Dotted keys of the base under which an environment may add keys of its own. `*` is one key,
  /// `**` any number: `model.params`, `jobs.*.labels`, `**.extra`.
  std::vector<std::string> open_keys;
  NullMeans null_means = NullMeans::set_where_others_do;
  document::Limits limits;
};

/// True when `path` is a base or an environment's file by its name and folder.
bool is_config_file(std::string_view path, const Options& options);

/// Holds every environment's file in `files` against the base beside it (same folder) and reports
/// what would go wrong when a loader merges the two; see docs/config.md for the checks. Files that
/// are no configuration by is_config_file are skipped. A file that cannot be read as YAML is a
/// finding; if that check is turned off, a Problem. Findings come ordered by path, then by check.
/// No finding holds the value of a key that looks like a secret's.
void check(const std::vector<File>& files, const Options& options, FindingSink& sink);

}  // namespace sluice::config
