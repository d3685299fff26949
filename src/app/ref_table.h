#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/oid.h"
#include "git/refs.h"
#include "git/repository.h"

namespace sluice::app {

/// The repository's refs, read when first asked for. The repository must outlive it.
class RefTable {
 public:
  explicit RefTable(const git::Repository& repository) : repository_(repository) {}

  /// The ref of that full name, or null; valid as long as this. Errors: as git::all_refs.
  Result<const git::Ref*> find(std::string_view name);

  /// The commit that the ref of that name leads to; nothing when there is no such ref, or it leads
  /// elsewhere, or the commit is not here. Errors: as git::all_refs.
  Result<std::optional<git::Oid>> commit_at(std::string_view name);

  /// The commits that the refs below `prefix` lead to, as far as they are here. Errors: as
  /// git::all_refs.
  Result<std::vector<git::Oid>> commits_below(std::string_view prefix);

  /// The short name of origin's default branch as the clone knows it, else of the usual ones that
  /// there is; empty when it cannot be told. Errors: as git::all_refs.
  Result<std::string> default_branch();

 private:
  Status load();
  std::optional<git::Oid> commit_of(const git::Ref& ref) const;

  const git::Repository& repository_;
  std::optional<git::RefList> list_;
};

}  // namespace sluice::app
