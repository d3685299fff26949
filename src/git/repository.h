#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::pack {
class CommitGraph;
class ObjectLookup;
class ObjectReader;
}  // namespace sluice::pack

namespace sluice::git {

class Libgit2Repository;
struct SharedIndex;

/// Where the parts of a repository are, the environment's variables heeded. Absolute paths.
struct RepositoryPlaces {
  std::string git_dir;
  std::string objects;                  ///< the object directory that is written to
  std::vector<std::string> alternates;  ///< those that GIT_ALTERNATE_OBJECT_DIRECTORIES adds
  std::string index;                    ///< the file may be absent
};

/// An opened Git repository. Move-only. Any number of threads may read from one, but for what asks libgit2:
/// git/simple.h and the rarer forms of resolve().
class Repository {
  struct Impl;

 public:
  /// The repository that git(1) would use when started in `dir`: the nearest one upwards (linked
  /// worktrees, submodules, bare ones), with these variables honoured, relative paths being taken
  /// as git takes them: GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY,
  /// GIT_ALTERNATE_OBJECT_DIRECTORIES (so the quarantine of a pre-receive hook is seen),
  /// GIT_CEILING_DIRECTORIES, GIT_DISCOVERY_ACROSS_FILESYSTEM.
  /// Errors: not_found (no repository), unreadable (permission), refused (owned by another user and
  /// not in safe.directory), unsupported (reftable, unknown extension, GIT_COMMON_DIR),
  /// corrupt.
  static Result<Repository> open(const std::string& dir);

  Repository(Repository&& other) noexcept;
  Repository& operator=(Repository&& other) noexcept;
  ~Repository();

  /// Absolute path of this worktree's Git directory, without a final slash.
  const std::string& git_dir() const;
  /// Absolute path of the directory that all worktrees share; equals git_dir() in the main one.
  const std::string& common_dir() const;
  /// Absolute path of the work tree, without a final slash; empty when bare.
  const std::string& work_tree() const;
  /// True without a work tree.
  bool is_bare() const;

  /// True when history was cut by `clone --depth` and its like.
  bool is_shallow() const;
  /// Commits whose parents were left out, sorted; empty unless shallow.
  const std::vector<Oid>& shallow_boundary() const;
  /// True when a promisor remote is configured (`clone --filter`): objects may be absent.
  bool is_partial_clone() const;

  /// Where hooks are looked for: core.hooksPath (`~` expanded, relative paths below the work tree),
  /// else `hooks` in common_dir(). The directory need not exist. Errors: corrupt (configuration).
  Result<std::string> hooks_dir() const;

  /// The last value of `key` ("core.hooksPath") over system, user and repository configuration and
  /// GIT_CONFIG_COUNT; nothing when unset. Errors: corrupt (configuration), invalid_input (key).
  Result<std::optional<std::string>> config_string(const std::string& key) const;

  /// As config_string, read as a Git boolean. Errors: as above; corrupt when it is none.
  Result<bool> config_bool(const std::string& key, bool fallback) const;

  /// How this repository names its objects.
  HashAlgorithm algorithm() const;
  const RepositoryPlaces& places() const;

  /// Tells where objects are, for whoever reads many of them with an ObjectReader of their own. Owned by
  /// the Repository; any number of threads may use it.
  pack::ObjectLookup& objects() const;

  /// Git's commit-graph where it pays to use it, else null (see LazyCommitGraph, and ask before each commit
  /// that is read). Owned by the Repository; any number of threads may use it.
  const pack::CommitGraph* commit_graph() const;

  /// Why a commit-graph that is there was not used.
  std::optional<Error> commit_graph_problem() const;

  /// For this room only: what read_object reads with. Each thread has one to itself while it holds it.
  class BorrowedReader {
   public:
    BorrowedReader(const BorrowedReader&) = delete;
    BorrowedReader& operator=(const BorrowedReader&) = delete;
    ~BorrowedReader();
    pack::ObjectReader* operator->() const { return reader_.get(); }

   private:
    friend class Repository;
    explicit BorrowedReader(Impl& owner);
    Impl& owner_;
    std::unique_ptr<pack::ObjectReader> reader_;
  };
  BorrowedReader reader() const;

  /// For this room only: the same repository opened by libgit2, which happens when it is first asked for; for one
  /// thread. Errors: unsupported (SHA-256), corrupt, io.
  Result<Libgit2Repository*> libgit2() const;

  /// For this room only: the index that was read last; to be looked at under its lock.
  std::shared_ptr<SharedIndex>& index_slot() const;
  std::mutex& index_lock() const;

 private:
  explicit Repository(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sluice::git
