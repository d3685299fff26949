#include "git/quick_revision.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "git/commit.h"
#include "git/loaded_commits.h"
#include "git/object.h"
#include "git/ref_lookup.h"
#include "git/refs.h"
#include "git/repository.h"
#include "git/tree.h"
#include "pack/object_lookup.h"

namespace sluice::git {
namespace {

using Found = std::optional<Oid>;

constexpr int deepest_tag = 1000;
constexpr std::size_t shortest_name = 4;  // digits, as in Git

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// HEAD, ORIG_HEAD and their like; other files of a Git directory are no refs.
bool is_pseudo_ref(std::string_view name) {
  return name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos;
}

class QuickReader {
 public:
  explicit QuickReader(const Repository& repository) : repository_(repository) {}

  Result<Found> run(std::string_view spec) {
    if (spec.find("@{") != std::string_view::npos || spec.find("^{/") != std::string_view::npos)
      return Found();
    const std::size_t colon = spec.find(':');
    const std::string_view revision = spec.substr(0, colon);
    const std::size_t end = std::min(revision.find_first_of("~^"), revision.size());
    if (end == 0) return Found();
    SLUICE_TRY_ASSIGN(Found found, named(std::string(revision.substr(0, end))));
    std::string_view steps = revision.substr(end);
    while (found && !steps.empty()) {
      SLUICE_TRY_ASSIGN(found, follow(*found, steps));
    }
    if (!found || colon == std::string_view::npos) return found;
    return path_in(*found, spec.substr(colon + 1));
  }

 private:
  Result<Found> named(const std::string& given) const {
    const std::string name = given == "@" ? "HEAD" : given;
    if (is_hex(name) && name.size() == 2 * pack::name_size(repository_.algorithm())) {
      const Oid id = *Oid::from_hex(name);
      return has_object(repository_, id) ? Found(id) : Found();
    }
    for (const std::string prefix : {"", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"}) {
      if (prefix.empty() && !is_pseudo_ref(name) && !name.starts_with("refs/")) continue;
      if (name.find("..") != std::string::npos) return Found();
      SLUICE_TRY_ASSIGN(Found found, resolve_ref(repository_, prefix + name));
      if (found) return found;
    }
    SLUICE_TRY_ASSIGN(Found head, resolve_ref(repository_, "refs/remotes/" + name + "/HEAD"));
    if (head) return head;
    if (name.size() < shortest_name || !is_hex(name)) return Found();
    const auto matches = repository_.objects().with_prefix(base::to_lower(name), 2);
    return matches.size() == 1 ? Found(matches[0]) : Found();
  }

  // Takes one `~n`, `^n` or `^{kind}` off `steps`.
  Result<Found> follow(const Oid& from, std::string_view& steps) const {
    const char sign = steps[0];
    steps.remove_prefix(1);
    if (sign == '^' && steps.starts_with('{')) {
      const std::size_t end = steps.find('}');
      if (end == std::string_view::npos) return Found();
      const std::string_view kind = steps.substr(1, end - 1);
      steps.remove_prefix(end + 1);
      return peel(from, kind);
    }
    unsigned number = 1;
    const auto [stop, error] = std::from_chars(steps.data(), steps.data() + steps.size(), number);
    if (error == std::errc::result_out_of_range) return Found();
    steps.remove_prefix(static_cast<std::size_t>(stop - steps.data()));
    if (!steps.empty() && steps[0] != '~' && steps[0] != '^') return Found();
    SLUICE_TRY_ASSIGN(const Oid commit, peel_to_commit(repository_, from));
    if (number == 0) return Found(commit);
    return sign == '~' ? ancestor(commit, number) : parent(commit, number);
  }

  Result<Found> ancestor(Oid commit, unsigned generations) const {
    while (generations-- > 0) {
      SLUICE_TRY_ASSIGN(const Found next, parent(commit, 1));
      commit = *next;
    }
    return Found(commit);
  }

  Result<Found> parent(const Oid& commit, unsigned number) const {
    LoadedCommits graph(repository_);
    SLUICE_TRY_ASSIGN(const std::size_t at, graph.load(commit));
    if (graph[at].parents.size() < number)
      return fail(ErrorKind::not_found, "the commit has no such parent", commit.hex(),
                  repository_.is_shallow() ? remedy_for_absence(repository_) : "");
    return Found(graph[at].parents[number - 1]);
  }

  Result<Found> peel(Oid id, std::string_view kind) const {
    for (int depth = 0; depth < deepest_tag; ++depth) {
      SLUICE_TRY_ASSIGN(const Object object, read_object(repository_, id));
      const bool is_any = kind == "object" || (kind.empty() && object.kind() != ObjectKind::tag);
      if (is_any || to_string(object.kind()) == kind) return Found(id);
      if (object.kind() == ObjectKind::tag) {
        SLUICE_TRY_ASSIGN(const Tag tag, parse_tag(object.bytes()));
        id = tag.target;
      } else if (object.kind() == ObjectKind::commit && kind == "tree") {
        SLUICE_TRY_ASSIGN(const Commit commit, parse_commit(object.bytes()));
        return Found(commit.tree);
      } else {
        return Found();
      }
    }
    return fail(ErrorKind::limit_exceeded, "tags of tags are nested too deeply", id.hex());
  }

  Result<Found> path_in(const Oid& root, std::string_view path) const {
    SLUICE_TRY_ASSIGN(Found tree, peel(root, "tree"));
    if (!tree || path.empty() || path.starts_with('/') || path.starts_with("./") ||
        path.starts_with("../"))
      return path.empty() ? Result<Found>(tree) : Result<Found>(Found());
    Oid id = *tree;
    for (const std::string_view name : base::split(path, '/')) {
      if (name.empty()) continue;
      SLUICE_TRY_ASSIGN(const Found entry, entry_of(id, name));
      if (!entry)
        return fail(ErrorKind::not_found, "there is no such path: " + std::string(path), root.hex());
      id = *entry;
    }
    return Found(id);
  }

  Result<Found> entry_of(const Oid& tree, std::string_view name) const {
    SLUICE_TRY_ASSIGN(const Object object, read_object(repository_, tree));
    if (object.kind() != ObjectKind::tree) return Found();
    SLUICE_TRY_ASSIGN(const auto entries, parse_tree(object.bytes(), repository_.algorithm()));
    for (const TreeEntry& entry : entries)
      if (entry.name == name) return Found(entry.id);
    return Found();
  }

  const Repository& repository_;
};

}  // namespace

Result<std::optional<Oid>> resolve_quickly(const Repository& repository, const std::string& spec) {
  return QuickReader(repository).run(spec);
}

}  // namespace sluice::git
