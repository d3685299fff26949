#include "git/refs.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/file.h"
#include "base/text.h"
#include "git/commit.h"
#include "git/object.h"
#include "git/ref_files.h"
#include "git/ref_lookup.h"
#include "git/repository.h"

namespace sluice::git {
namespace {

constexpr int deepest_symbolic = 5;  // as Git itself
constexpr int deepest_tag = 1000;

// gitrevisions names them; other files of a Git directory hold texts, not names.
constexpr const char* pseudo_refs[] = {"HEAD",
                                       "ORIG_HEAD",
                                       "FETCH_HEAD",
                                       "MERGE_HEAD",
                                       "REVERT_HEAD",
                                       "CHERRY_PICK_HEAD",
                                       "BISECT_HEAD",
                                       "BISECT_EXPECTED_REV",
                                       "REBASE_HEAD",
                                       "AUTO_MERGE",
                                       "MERGE_AUTOSTASH",
                                       "NOTES_MERGE_REF",
                                       "NOTES_MERGE_PARTIAL"};

class RefReader {
 public:
  RefReader(const Repository& repository, std::span<const Oid> trusted)
      : repository_(repository), trusted_(trusted) {}

  Result<RefList> run() {
    SLUICE_TRY(read_packed());
    SLUICE_TRY_ASSIGN(const auto worktrees, worktree_directories(repository_));
    for (const WorktreeDirectory& worktree : worktrees) {
      const bool shared = worktree.path == repository_.common_dir();
      SLUICE_TRY(read_loose(worktree, shared));
    }
    list_.refs.reserve(values_.size());
    for (const WorktreeDirectory& worktree : worktrees) read_pseudo_refs(worktree);
    for (const auto& [name, value] : values_) add(name, value);
    const auto by_name = [](const Ref& a, const Ref& b) { return a.name < b.name; };
    if (!std::is_sorted(list_.refs.begin(), list_.refs.end(), by_name))
      std::stable_sort(list_.refs.begin(), list_.refs.end(), by_name);
    return std::move(list_);
  }

 private:
  void report(ErrorKind kind, std::string what, const std::string& where) {
    list_.problems.push_back(Error{kind, std::move(what), where, {}});
  }

  // gitformat: `<name> <ref>` lines, `#` a header, `^` the peeled name of the line before.
  Status read_packed() {
    const std::string path = repository_.common_dir() + "/packed-refs";
    auto text = base::read_file(path);
    if (!text && text.error().kind == ErrorKind::not_found) return {};
    if (!text) return tl::unexpected<Error>(text.error());
    const std::size_t digits = 2 * pack::name_size(repository_.algorithm());
    for (const std::string_view line : base::split(*text, '\n')) {
      if (line.empty() || line[0] == '#' || line[0] == '^') continue;
      const auto id = Oid::from_hex(line.substr(0, digits));
      if (!id || line.size() < digits + 2 || line[digits] != ' ')
        return fail(ErrorKind::corrupt, "malformed line in the packed refs", path);
      // They are sorted by name, or nearly so.
      values_.insert_or_assign(values_.end(), std::string(base::trim(line.substr(digits + 1))),
                               RefValue{*id, {}});
    }
    return {};
  }

  // A loose ref hides the packed one of its name.
  Status read_loose(const WorktreeDirectory& worktree, bool shared) {
    SLUICE_TRY_ASSIGN(const auto files, files_below(worktree.path + "/refs"));
    for (const std::string& file : files) {
      const std::string ref = "refs/" + file;
      const std::string name = shared && !is_per_worktree(ref) ? ref : worktree.prefix + ref;
      read_value(worktree.path + "/" + ref, name);
    }
    return {};
  }

  void read_value(const std::string& path, const std::string& name) {
    const auto text = base::read_file(path);
    if (!text) return report(text.error().kind, "cannot read the ref: " + text.error().what, name);
    const auto value = parse_ref_value(*text);
    if (!value) return report(ErrorKind::corrupt, "the ref holds no object name", name);
    values_[name] = *value;
  }

  void read_pseudo_refs(const WorktreeDirectory& worktree) {
    for (const char* const name : pseudo_refs) {
      const auto text = base::read_file(worktree.path + "/" + name);
      if (!text && text.error().kind == ErrorKind::not_found) continue;
      const std::string full = worktree.prefix + name;
      if (!text) {
        report(text.error().kind, "cannot read the ref: " + text.error().what, full);
      } else {
        read_lines(*text, full);
      }
    }
  }

  // FETCH_HEAD and MERGE_HEAD hold one name a line; the others just one.
  void read_lines(std::string_view text, const std::string& name) {
    for (const std::string_view line : base::split(text, '\n')) {
      if (base::trim(line).empty()) continue;
      const auto value = parse_ref_value(line);
      if (value) {
        add(name, *value);
      } else {
        report(ErrorKind::corrupt, "the ref holds no object name", name);
      }
    }
  }

  void add(const std::string& name, const RefValue& value) {
    RefValue last = value;
    for (int depth = 0; depth < deepest_symbolic && !last.symbolic.empty(); ++depth) {
      const auto next = values_.find(last.symbolic);
      if (next == values_.end()) return add_dangling(name, last.symbolic);
      last = next->second;
    }
    if (!last.symbolic.empty())
      return report(ErrorKind::corrupt, "symbolic refs are nested too deeply", name);
    auto peeled = peel(last.id);
    if (!peeled) return report(peeled.error().kind, to_string(peeled.error()), name);
    list_.refs.push_back({name, last.id, *peeled, value.symbolic});
  }

  // A HEAD without its branch is a branch without a commit yet, or a remote's default branch that was
  // pruned; nothing hides behind either.
  void add_dangling(const std::string& name, const std::string& target) {
    if (name == "HEAD") {
      list_.unborn = target;
    } else if (!name.ends_with("/HEAD")) {
      report(ErrorKind::not_found, "the ref points at " + target + ", which does not exist", name);
    }
  }

  Result<Oid> peel(Oid id) const {
    if (std::binary_search(trusted_.begin(), trusted_.end(), id)) return id;
    for (int depth = 0; depth < deepest_tag; ++depth) {
      SLUICE_TRY_ASSIGN(const ObjectHeader header, read_header(repository_, id));
      if (header.kind != ObjectKind::tag) return id;
      SLUICE_TRY_ASSIGN(const Object object, read_object(repository_, id));
      SLUICE_TRY_ASSIGN(const Tag tag, parse_tag(object.bytes()));
      id = tag.target;
    }
    return fail(ErrorKind::limit_exceeded, "tags of tags are nested too deeply", id.hex());
  }

  const Repository& repository_;
  std::span<const Oid> trusted_;
  std::map<std::string, RefValue> values_;
  RefList list_;
};

}  // namespace

Result<RefList> all_refs(const Repository& repository, std::span<const Oid> trusted) {
  return RefReader(repository, trusted).run();
}

}  // namespace sluice::git
