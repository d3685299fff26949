#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

class Repository;

/// One name that points at an object.
struct Ref {
  std::string name;      ///< `refs/heads/main`, `HEAD`, `ORIG_HEAD`, `worktrees/side/HEAD`, ...
  Oid target;            ///< the object that it names, symbolic refs followed
  Oid peeled;            ///< `target` with annotated tags followed; equals it otherwise
  std::string symbolic;  ///< the ref that it points at, empty for a direct one
};

struct RefList {
  std::vector<Ref> refs;        ///< sorted by name
  std::vector<Error> problems;  ///< broken, dangling or unreadable ones, one Error each
  std::string unborn;           ///< the branch that HEAD names when that has no commit yet
};

/// Every name of the repository: refs (packed and loose), HEAD and the other pseudo refs
/// (ORIG_HEAD, FETCH_HEAD with all its lines, MERGE_HEAD, ...), and those of all linked worktrees.
/// An unborn HEAD is no problem. Errors: io, unreadable (directories), corrupt (packed-refs).
Result<RefList> all_refs(const Repository& repository);

/// A ref while it is visited.
struct FoundRef {
  std::string_view name;
  Oid target;                 ///< as Ref's; not looked at, so it may be absent
  std::string_view symbolic;  ///< as Ref's
};

/// What is wrong with a ref becomes a problem of that ref.
using VisitRef = std::function<Status(const FoundRef&)>;

struct RefFailures {
  std::vector<Error> problems;  ///< as RefList's
  std::string unborn;           ///< as RefList's
};

/// Gives to `visit` what all_refs lists, without reading an object or keeping anything: refs by name, then the
/// pseudo refs. Errors: as all_refs.
Result<RefFailures> visit_refs(const Repository& repository, const VisitRef& visit);

/// One name that only a log of a ref's past keeps.
struct ReflogEntry {
  std::string log;  ///< `HEAD`, `refs/stash`, `worktrees/side/HEAD`, ...
  Oid id;
};

struct Reflogs {
  std::vector<ReflogEntry> entries;  ///< old and new values, never zero, each once per log
  std::vector<Error> problems;       ///< unreadable logs and malformed lines
};

/// Every log below `logs/`, of all worktrees, those of deleted refs included.
Result<Reflogs> all_reflogs(const Repository& repository);

/// The object that `spec` names, as gitrevisions(7): `HEAD~2`, `v1.0^{tree}`, `main:path`, ...
/// Errors: not_found, invalid_input (ambiguous or malformed).
Result<Oid> resolve(const Repository& repository, const std::string& spec);

/// `id` itself, or the commit that the annotated tag `id` leads to.
/// Errors: not_found, corrupt, invalid_input (leads to a tree or blob).
Result<Oid> peel_to_commit(const Repository& repository, const Oid& id);

/// `id` itself, or the tree of the commit that it is, or what the annotated tag `id` leads to of these.
/// Errors: not_found, corrupt, invalid_input (leads to a blob), limit_exceeded (more than 64 tags).
Result<Oid> peel_to_tree(const Repository& repository, Oid id);

/// What rev-list(1) would start from and stop at; commits, tags already peeled.
struct Range {
  std::vector<Oid> include;
  std::vector<Oid> exclude;
  std::vector<Oid>
      tags;  ///< annotated tags named on the including side; their messages belong to it
  std::optional<std::vector<Oid>> commits;  ///< what git::commits lists for it, where that was asked already
};

/// `A..B`, `A...B`, `A`, `^A`, `A^!`, `A^@`, `A^-`, `A^-2`; an empty side is HEAD.
/// Errors: as resolve and peel_to_commit.
Result<Range> resolve_range(const Repository& repository, const std::string& spec);

/// The best common ancestors of `a` and `b`; none when their histories are unrelated or a shallow
/// clone cut them apart.
/// Errors: not_found (a commit is missing, as in a shallow clone).
Result<std::vector<Oid>> merge_bases(const Repository& repository, const Oid& a, const Oid& b);

/// True when `ancestor` can be reached from `descendant`, or is it. Errors: as merge_bases.
Result<bool> is_ancestor(const Repository& repository, const Oid& ancestor, const Oid& descendant);

}  // namespace sluice::git
