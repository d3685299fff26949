#include <charconv>

#include "git/commit.h"
#include "git/libgit2.h"
#include "git/libgit2_repository.h"
#include "git/loaded_commits.h"
#include "git/object.h"
#include "git/quick_revision.h"
#include "git/refs.h"
#include "git/repository.h"

namespace sluice::git {
namespace {

constexpr int deepest_tag = 1000;
constexpr int longest_tag_chain = 64;  // to a tree

struct Dots {
  std::size_t at = std::string::npos;
  std::size_t length = 0;
};

// The first `..` or `...` that does not stand in braces, as in `HEAD^{/fix..me}`.
Dots find_dots(const std::string& spec) {
  int braces = 0;
  for (std::size_t i = 0; i + 1 < spec.size(); ++i) {
    if (spec[i] == '{') ++braces;
    if (spec[i] == '}') --braces;
    if (braces <= 0 && spec.compare(i, 2, "..") == 0)
      return {i, spec.compare(i, 3, "...") == 0 ? std::size_t{3} : std::size_t{2}};
  }
  return {};
}

// `A^!`, `A^@`, `A^-` and `A^-<n>` split in `A` and what follows the `^`; empty when it is none.
std::string parent_shorthand(const std::string& spec) {
  const std::size_t caret = spec.rfind('^');
  if (caret == std::string::npos || caret == 0 || caret + 1 == spec.size()) return {};
  const std::string rest = spec.substr(caret + 1);
  if (rest == "!" || rest == "@" || rest[0] == '-') return rest;
  return {};
}

class RangeReader {
 public:
  explicit RangeReader(const Repository& repository) : repository_(repository) {}

  Result<Range> run(const std::string& spec) {
    const Dots dots = find_dots(spec);
    if (dots.length > 0) {
      SLUICE_TRY(read_dots(spec, dots));
    } else if (spec.starts_with('^')) {
      SLUICE_TRY(exclude(spec.substr(1)));
    } else if (const std::string shorthand = parent_shorthand(spec); !shorthand.empty()) {
      SLUICE_TRY(read_parents(spec.substr(0, spec.size() - shorthand.size() - 1), shorthand));
    } else {
      SLUICE_TRY(include(spec));
    }
    return std::move(range_);
  }

 private:
  Status read_dots(const std::string& spec, const Dots& dots) {
    std::string left = spec.substr(0, dots.at);
    std::string right = spec.substr(dots.at + dots.length);
    if (left.empty()) left = "HEAD";
    if (right.empty()) right = "HEAD";
    if (dots.length == 2) {
      SLUICE_TRY(exclude(left));
      return include(right);
    }
    SLUICE_TRY(include(left));
    SLUICE_TRY(include(right));
    SLUICE_TRY_ASSIGN(range_.exclude,
                      merge_bases(repository_, range_.include[0], range_.include[1]));
    return {};
  }

  Status read_parents(const std::string& spec, const std::string& shorthand) {
    SLUICE_TRY_ASSIGN(const Oid named, resolve(repository_, spec));
    SLUICE_TRY_ASSIGN(const Oid commit, peel_to_commit(repository_, named));
    LoadedCommits graph(repository_);
    SLUICE_TRY_ASSIGN(const std::size_t number, graph.load(commit));
    const std::vector<Oid>& parents = graph[number].parents;
    if (shorthand == "@") {
      range_.include = parents;
      return {};
    }
    range_.include = {commit};
    if (shorthand == "!") {
      range_.exclude = parents;
      return {};
    }
    SLUICE_TRY_ASSIGN(const std::size_t place, parent_place(shorthand, parents.size()));
    range_.exclude = {parents[place]};
    return {};
  }

  // The 0-based place that `-` (the first) or `-<n>` means.
  static Result<std::size_t> parent_place(const std::string& shorthand, std::size_t count) {
    std::size_t place = 1;
    const char* const end = shorthand.data() + shorthand.size();
    if (shorthand.size() > 1) {
      const auto [stop, error] = std::from_chars(shorthand.data() + 1, end, place);
      if (error != std::errc() || stop != end) place = 0;
    }
    if (place == 0 || place > count)
      return fail(ErrorKind::invalid_input, "the commit has no such parent", "^" + shorthand);
    return place - 1;
  }

  Status include(const std::string& spec) {
    SLUICE_TRY_ASSIGN(Oid id, resolve(repository_, spec));
    SLUICE_TRY_ASSIGN(const Oid commit, peel_to_commit(repository_, id));
    range_.include.push_back(commit);
    while (id != commit) {
      range_.tags.push_back(id);
      SLUICE_TRY_ASSIGN(const Object object, read_object(repository_, id, ObjectKind::tag));
      SLUICE_TRY_ASSIGN(const Tag tag, parse_tag(object.bytes()));
      id = tag.target;
    }
    return {};
  }

  Status exclude(const std::string& spec) {
    SLUICE_TRY_ASSIGN(const Oid id, resolve(repository_, spec));
    SLUICE_TRY_ASSIGN(const Oid commit, peel_to_commit(repository_, id));
    range_.exclude.push_back(commit);
    return {};
  }

  const Repository& repository_;
  Range range_;
};

Result<Oid> resolve_by_libgit2(const Repository& repository, const std::string& spec) {
  SLUICE_TRY_ASSIGN(const Libgit2Repository* opened, repository.libgit2());
  git_object* raw = nullptr;
  const int code = libgit2().revparse_single(&raw, opened->repository(), spec.c_str());
  if (code < 0) {
    auto failure = libgit2_failure(code, "cannot resolve the revision", spec);
    if (code == GIT_ENOTFOUND && repository.is_shallow())
      failure.value().remedy = "this is a shallow clone: `git fetch --unshallow` brings the rest";
    return failure;
  }
  const ObjectHandle object(raw);
  return from_libgit2(*libgit2().object_id(raw));
}

}  // namespace

Result<Oid> resolve(const Repository& repository, const std::string& spec) {
  if (spec.empty() || spec[0] == '-' || spec.find('\0') != std::string::npos)
    return fail(ErrorKind::invalid_input, "not a revision", spec);
  SLUICE_TRY_ASSIGN(const std::optional<Oid> found, resolve_quickly(repository, spec));
  if (found) return *found;
  if (repository.algorithm() != HashAlgorithm::sha1)
    return fail(ErrorKind::not_found, "the revision cannot be resolved", spec,
                "in a repository with SHA-256 names: a ref or a whole name, with ~n, ^n or :path");
  return resolve_by_libgit2(repository, spec);
}

Result<Oid> peel_to_commit(const Repository& repository, const Oid& id) {
  Oid current = id;
  for (int depth = 0; depth < deepest_tag; ++depth) {
    SLUICE_TRY_ASSIGN(const Object object, read_object(repository, current));
    if (object.kind() == ObjectKind::commit) return current;
    if (object.kind() != ObjectKind::tag)
      return fail(ErrorKind::invalid_input,
                  "not a commit but a " + std::string(to_string(object.kind())), id.hex());
    SLUICE_TRY_ASSIGN(const Tag tag, parse_tag(object.bytes()));
    current = tag.target;
  }
  return fail(ErrorKind::limit_exceeded, "tags of tags are nested too deeply", id.hex());
}

Result<Oid> peel_to_tree(const Repository& repository, Oid id) {
  for (int i = 0; i < longest_tag_chain; ++i) {
    SLUICE_TRY_ASSIGN(const Object object, read_object(repository, id));
    switch (object.kind()) {
      case ObjectKind::tree:
        return id;
      case ObjectKind::commit: {
        SLUICE_TRY_ASSIGN(const Commit commit, parse_commit(object.bytes()));
        return commit.tree;
      }
      case ObjectKind::tag: {
        SLUICE_TRY_ASSIGN(const Tag tag, parse_tag(object.bytes()));
        id = tag.target;
        break;
      }
      case ObjectKind::blob:
        return fail(ErrorKind::invalid_input, "a file is not a tree to check", id.hex());
    }
  }
  return fail(ErrorKind::limit_exceeded, "a chain of more than 64 tags", id.hex());
}

Result<Range> resolve_range(const Repository& repository, const std::string& spec) {
  return RangeReader(repository).run(spec);
}

}  // namespace sluice::git
