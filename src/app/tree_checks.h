#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/changed_paths.h"
#include "app/session.h"
#include "base/result.h"
#include "finding/audit.h"
#include "finding/sink.h"
#include "policy/tree.h"

namespace sluice::app {

/// How much of a tree is read.
enum class Reading {
  checked_files,  ///< what is checked itself: a hook must feel instant
  whole_project,  ///< source code and documents, too, and what they say about the configuration
};

/// Every check of trees on one tree: `.env`, deployment, configuration. What cannot be read is a problem.
/// Errors: corrupt, not_found (the tree itself).
/// Where `scope` is given and a report shows them, it gets the tables of the configuration.
Status check_tree(const Session& session, const policy::Tree& tree, Reading reading,
                  FindingSink& sink, Scope* scope = nullptr);

/// Tells what was changed; null: all of it.
using FindChanges = std::function<Result<const ChangedPaths*>()>;

/// As above with Reading::checked_files, and of source code, notebooks and documents what the changes
/// make worth reading (deploy::DeployInput). They are asked for after what does not need them.
/// Errors: as above and as find_changes.
Status check_changed_tree(const Session& session, const policy::Tree& tree, const FindChanges& find_changes,
                          FindingSink& sink);

/// The configuration files of a tree, as config::config_files chooses them. What cannot be read is a
/// problem.
std::vector<config::File> config_files_of(const policy::Tree& tree, const config::Options& options,
                                          FindingSink& sink);

/// The configuration files at and below `paths`, files or folders of the file system (symbolic links
/// below them are not followed), as config::config_files chooses them; with a file, those beside it.
/// What cannot be read is a problem. Errors: not_found when there is none.
Result<std::vector<config::File>> read_config_files(const Session& session,
                                                    const std::vector<std::string>& paths,
                                                    FindingSink& sink);

/// The configuration checks on read_config_files. Errors: as there, since nothing checked is not
/// clean.
Status check_config_files(const Session& session, const std::vector<std::string>& paths,
                          FindingSink& sink, Scope& scope);

}  // namespace sluice::app
