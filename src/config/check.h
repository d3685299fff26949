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

/// How the loader in use merges an override onto a base.
enum class Strategy {
  deep,               ///< mappings key by key, all else is replaced
  omegaconf,          ///< deep, but `???` in an override keeps the base's value
  kedro_soft,         ///< deep
  kedro_destructive,  ///< a key at the top replaces the base's as a whole
  helm,               ///< deep, but null takes the key away
  dotnet,             ///< deep, lists too, index by index; letter case of keys does not count
  spring,             ///< deep; neither letter case, `-` nor `_` of keys count
};

/// What becomes of a list that both sides have.
enum class ListRule { replace, append, by_index, by_key, keep };

struct ListSetting {
  std::string keys;  ///< dotted, as Options::open_keys
  ListRule rule = ListRule::replace;
  std::string name;  ///< for by_key: the key whose value names an item
};

/// The JSON Schema of some files, as the policy names it.
struct SchemaSetting {
  std::string files;   ///< a glob over paths of bases; empty: all
  std::string schema;  ///< its path
};

/// Which files belong together and how strictly they are held against each other.
struct Options {
  /// The base's name without extension. When neither this nor `environment_pattern` is given the
  /// usual layouts (docs/config.md) are looked for.
  std::optional<std::string> base_stem;
  /// An environment's name without extension; `{env}` stands for at least one character.
  std::optional<std::string> environment_pattern;
  /// What either may end in, without the dot; empty means every format that can be read.
  std::vector<std::string> extensions;
  /// How the loader merges; nullopt means what the layout's usual loader does.
  std::optional<Strategy> strategy;
  /// The first that names a list's key counts; without one the strategy decides.
  std::vector<ListSetting> lists;
  document::YamlSchema yaml = document::YamlSchema::yaml_1_1;
  /// Globs (base/glob.h path_matches) over paths; empty means everywhere.
  std::vector<std::string> folders;
  /// Severity by check id; nullopt turns the check off. Ids that are not listed keep their default.
  std::map<std::string, std::optional<Severity>> severities;
  /// Dotted keys of the base under which an environment may add keys of its own. `*` is one key,
  /// `**` any number: `model.params`, `jobs.*.labels`, `**.extra`.
  std::vector<std::string> open_keys;
  /// Variables whose value is the environment; empty means the usual ones (docs/config.md).
  std::vector<std::string> selectors;
  /// The first whose glob fits counts.
  std::vector<SchemaSetting> schemas;
  NullMeans null_means = NullMeans::set_where_others_do;
  document::Limits limits;
};

/// Holds every environment's file in `files` against its base (layout.h) and reports what would go
/// wrong when a loader merges the two; see docs/config.md for the checks. Files that belong to no
/// layout are skipped. A file that cannot be read is a finding; if that check is turned off, a Problem. Findings come ordered by path, then by check.
/// No finding holds the value of a key that looks like a secret's.
void check(const std::vector<File>& files, const Options& options, FindingSink& sink);

struct Folder;

/// The same for folders that are read already.
void check(const std::vector<Folder>& folders, const Options& options, FindingSink& sink);

}  // namespace sluice::config
