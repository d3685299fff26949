#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "finding/sink.h"
#include "git/attribution.h"
#include "git/repository.h"
#include "policy/env_files.h"

namespace sluice::policy {

/// A path that some commit held.
struct PathInHistory {
  std::string path;
  std::string commit;  ///< the first that held it, hexadecimal; empty when none is known
  std::string author;  ///< `Name <email>`
  std::string date;    ///< ISO 8601
  std::string object;  ///< of the blob that it held there, hexadecimal
};

/// Reports the env files among `paths`, each path once with its first place in the list whose content was not
/// for everybody anyway (published_env.h); what `repository` cannot read counts.
void check_history_paths(const git::Repository& repository, const std::vector<PathInHistory>& paths,
                         const EnvOptions& options, FindingSink& sink);

/// The path of every env file that the trees of `roots` hold, each with the first root that has it
/// (a root is a commit, oldest first: git::commit_roots), in that order; a path that may be published comes once for each content. Each tree is read once
/// however many roots share it. Trees that cannot be read become problems in `sink`. Errors:
/// limit_exceeded (folders nested deeper than 4096, more than 2 million places
/// or 256 MiB of paths to look at).
Result<std::vector<PathInHistory>> env_paths_in_history(
    const git::Repository& repository, const std::vector<git::AttributionRoot>& roots,
    const EnvOptions& options, FindingSink& sink);

}  // namespace sluice::policy
