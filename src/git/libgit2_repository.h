#pragma once

#include <memory>

#include "base/result.h"
#include "git/repository.h"

struct git_odb;
struct git_repository;

namespace sluice::git {

/// A repository as libgit2 opens it; for this room only.
class Libgit2Repository {
 public:
  /// Errors: unsupported (libgit2 is absent), corrupt, unreadable, io.
  static Result<std::unique_ptr<Libgit2Repository>> open(const RepositoryPlaces& places);
  ~Libgit2Repository();

  git_repository* repository() const;
  git_odb* odb() const;

 private:
  struct Impl;
  explicit Libgit2Repository(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sluice::git
