#include "git/refs.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

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
    settle_values();
    list_.refs.reserve(values_.size());
    for (const WorktreeDirectory& worktree : worktrees) read_pseudo_refs(worktree);
    for (const auto& [name, value] : values_) {
      if (!value.symbolic.empty()) add(name, value);
    }
    for (auto& [name, value] : values_) {
      if (value.symbolic.empty()) add(std::move(name), value);
    }
    const auto by_name = [](const Ref& a, const Ref& b) { return a.name < b.name; };
    if (!std::is_sorted(list_.refs.begin(), list_.refs.end(), by_name))
      std::stable_sort(list_.refs.begin(), list_.refs.end(), by_name);
    return std::move(list_);
  }

 private:
  using Named = std::pair<std::string, RefValue>;

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
    values_.reserve(static_cast<std::size_t>(std::count(text->begin(), text->end(), '\n')));
    for (const std::string_view line : base::split(*text, '\n')) {
      if (line.empty() || line[0] == '#' || line[0] == '^') continue;
      const auto id = Oid::from_hex(line.substr(0, digits));
      if (!id || line.size() < digits + 2 || line[digits] != ' ')
        return fail(ErrorKind::corrupt, "malformed line in the packed refs", path);
      values_.emplace_back(base::trim(line.substr(digits + 1)), RefValue{*id, {}});
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
    values_.emplace_back(name, *value);
  }

  // By name, of each the value that was read last. The packed ones are in order already, or nearly so.
  void settle_values() {
    const auto by_name = [](const Named& a, const Named& b) { return a.first < b.first; };
    if (!std::is_sorted(values_.begin(), values_.end(), by_name))
      std::stable_sort(values_.begin(), values_.end(), by_name);
    const auto is_same = [](const Named& a, const Named& b) { return a.first == b.first; };
    const auto first = std::unique(values_.rbegin(), values_.rend(), is_same);
    values_.erase(values_.begin(), first.base());
  }

  const RefValue* find(const std::string& name) const {
    const auto place = std::lower_bound(values_.begin(), values_.end(), name,
                                        [](const Named& one, const std::string& wanted) { return one.first < wanted; });
    return place != values_.end() && place->first == name ? &place->second : nullptr;
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

  void add(std::string name, const RefValue& value) {
    RefValue last = value;
    for (int depth = 0; depth < deepest_symbolic && !last.symbolic.empty(); ++depth) {
      const RefValue* const next = find(last.symbolic);
      if (next == nullptr) return add_dangling(name, last.symbolic);
      last = *next;
    }
    if (!last.symbolic.empty())
      return report(ErrorKind::corrupt, "symbolic refs are nested too deeply", name);
    auto peeled = peel(last.id);
    if (!peeled) return report(peeled.error().kind, to_string(peeled.error()), name);
    list_.refs.push_back({std::move(name), last.id, *peeled, value.symbolic});
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
    if (is_trusted(id)) return id;
    for (int depth = 0; depth < deepest_tag; ++depth) {
      SLUICE_TRY_ASSIGN(const ObjectHeader header, read_header(repository_, id));
      if (header.kind != ObjectKind::tag) return id;
      SLUICE_TRY_ASSIGN(const Object object, read_object(repository_, id));
      SLUICE_TRY_ASSIGN(const Tag tag, parse_tag(object.bytes()));
      id = tag.target;
    }
    return fail(ErrorKind::limit_exceeded, "tags of tags are nested too deeply", id.hex());
  }

  // Names are spread evenly, so that the first bytes tell nearly where one must be.
  bool is_trusted(const Oid& id) const {
    constexpr std::size_t near = 64;
    const std::size_t prefix = std::size_t{id.bytes[0]} << 16 | std::size_t{id.bytes[1]} << 8 | id.bytes[2];
    const std::size_t guess = trusted_.size() * prefix >> 24;
    std::size_t from = guess - std::min(near, guess);
    std::size_t to = std::min(trusted_.size(), guess + near);
    if (from < to && id < trusted_[from]) from = 0;
    if (from < to && trusted_[to - 1] < id) to = trusted_.size();
    return std::binary_search(trusted_.begin() + static_cast<std::ptrdiff_t>(from),
                              trusted_.begin() + static_cast<std::ptrdiff_t>(to), id);
  }

  const Repository& repository_;
  std::span<const Oid> trusted_;
  std::vector<Named> values_;  // all that were read; then as settle_values() leaves them
  RefList list_;
};

}  // namespace

Result<RefList> all_refs(const Repository& repository, std::span<const Oid> trusted) {
  return RefReader(repository, trusted).run();
}

}  // namespace sluice::git
