#include "git/refs.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <iterator>
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

// A ref as it was found, its target's followed to the end of symbolic ones.
struct Found {
  std::string_view name;
  Oid target;
  std::string_view symbolic;  // empty for a direct one
};

// Visits every ref. Of thousands most are packed, whose names stay where they were read.
class RefReader {
 public:
  using Visit = std::function<Status(const Found&)>;

  // What `visit` finds wrong with a ref becomes a problem of that ref.
  RefReader(const Repository& repository, Visit visit) : repository_(repository), visit_(std::move(visit)) {}

  Status run() {
    SLUICE_TRY(read_packed());
    SLUICE_TRY_ASSIGN(const auto worktrees, worktree_directories(repository_));
    for (const WorktreeDirectory& worktree : worktrees) {
      const bool shared = worktree.path == repository_.common_dir();
      SLUICE_TRY(read_loose(worktree, shared));
    }
    settle_values();
    for (const WorktreeDirectory& worktree : worktrees) read_pseudo_refs(worktree);
    for (const Named& value : values_) add(value.name, value);
    return {};
  }

  std::vector<Error> take_problems() { return std::move(problems_); }
  std::string take_unborn() { return std::move(unborn_); }

 private:
  struct Named {
    std::string_view name;
    Oid id;
    std::string_view symbolic;
  };

  void report(ErrorKind kind, std::string what, const std::string& where) {
    problems_.push_back(Error{kind, std::move(what), where, {}});
  }

  // gitformat: `<name> <ref>` lines, `#` a header, `^` the peeled name of the line before.
  Status read_packed() {
    const std::string path = repository_.common_dir() + "/packed-refs";
    auto text = base::read_file(path);
    if (!text && text.error().kind == ErrorKind::not_found) return {};
    if (!text) return tl::unexpected<Error>(text.error());
    packed_text_ = std::move(*text);
    const std::size_t digits = 2 * pack::name_size(repository_.algorithm());
    packed_.reserve(static_cast<std::size_t>(std::count(packed_text_.begin(), packed_text_.end(), '\n')));
    for (std::string_view rest = packed_text_; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.empty() || line[0] == '#' || line[0] == '^') continue;
      const auto id = Oid::from_hex(line.substr(0, digits));
      if (!id || line.size() < digits + 2 || line[digits] != ' ')
        return fail(ErrorKind::corrupt, "malformed line in the packed refs", path);
      packed_.push_back({base::trim(line.substr(digits + 1)), *id, {}});
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
    loose_.push_back({keep(name), value->id, keep(value->symbolic)});
  }

  std::string_view keep(const std::string& text) {
    return text.empty() ? std::string_view() : std::string_view(texts_.emplace_back(text));
  }

  static bool by_name(const Named& a, const Named& b) { return a.name < b.name; }

  // By name, of each the value that was read last.
  static void settle(std::vector<Named>& values) {
    if (!std::is_sorted(values.begin(), values.end(), by_name)) std::stable_sort(values.begin(), values.end(), by_name);
    const auto is_same = [](const Named& a, const Named& b) { return a.name == b.name; };
    const auto first = std::unique(values.rbegin(), values.rend(), is_same);
    values.erase(values.begin(), first.base());
  }

  void settle_values() {
    settle(packed_);
    settle(loose_);
    values_.reserve(packed_.size() + loose_.size());
    std::set_union(loose_.begin(), loose_.end(), packed_.begin(), packed_.end(), std::back_inserter(values_), by_name);
  }

  const Named* find(std::string_view name) const {
    const auto place = std::lower_bound(values_.begin(), values_.end(), name, [](const Named& one, std::string_view wanted) {
      return one.name < wanted;
    });
    return place != values_.end() && place->name == name ? &*place : nullptr;
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
        add(name, {name, value->id, value->symbolic});
      } else {
        report(ErrorKind::corrupt, "the ref holds no object name", name);
      }
    }
  }

  void add(std::string_view name, const Named& value) {
    const Named* last = &value;
    for (int depth = 0; depth < deepest_symbolic && !last->symbolic.empty(); ++depth) {
      const Named* const next = find(last->symbolic);
      if (next == nullptr) return add_dangling(std::string(name), std::string(last->symbolic));
      last = next;
    }
    if (!last->symbolic.empty())
      return report(ErrorKind::corrupt, "symbolic refs are nested too deeply", std::string(name));
    const Status status = visit_({name, last->id, value.symbolic});
    if (!status) report(status.error().kind, to_string(status.error()), std::string(name));
  }

  // A HEAD without its branch is a branch without a commit yet, or a remote's default branch that was
  // pruned; nothing hides behind either.
  void add_dangling(const std::string& name, const std::string& target) {
    if (name == "HEAD") {
      unborn_ = target;
    } else if (!name.ends_with("/HEAD")) {
      report(ErrorKind::not_found, "the ref points at " + target + ", which does not exist", name);
    }
  }

  const Repository& repository_;
  Visit visit_;
  std::string packed_text_;
  std::deque<std::string> texts_;  // the other names and symbolic targets; none moves
  std::vector<Named> packed_;
  std::vector<Named> loose_;
  std::vector<Named> values_;  // of both, as settle_values() leaves them
  std::vector<Error> problems_;
  std::string unborn_;
};

Result<Oid> peel(const Repository& repository, Oid id) {
  for (int depth = 0; depth < deepest_tag; ++depth) {
    SLUICE_TRY_ASSIGN(const ObjectHeader header, read_header(repository, id));
    if (header.kind != ObjectKind::tag) return id;
    SLUICE_TRY_ASSIGN(const Object object, read_object(repository, id));
    SLUICE_TRY_ASSIGN(const Tag tag, parse_tag(object.bytes()));
    id = tag.target;
  }
  return fail(ErrorKind::limit_exceeded, "tags of tags are nested too deeply", id.hex());
}

// Names are spread evenly, so that the first bytes tell nearly where one must be.
bool is_among(std::span<const Oid> sorted, const Oid& id) {
  constexpr std::size_t near = 64;
  const std::size_t prefix = std::size_t{id.bytes[0]} << 16 | std::size_t{id.bytes[1]} << 8 | id.bytes[2];
  const std::size_t guess = sorted.size() * prefix >> 24;
  std::size_t from = guess - std::min(near, guess);
  std::size_t to = std::min(sorted.size(), guess + near);
  if (from < to && id < sorted[from]) from = 0;
  if (from < to && sorted[to - 1] < id) to = sorted.size();
  return std::binary_search(sorted.begin() + static_cast<std::ptrdiff_t>(from),
                            sorted.begin() + static_cast<std::ptrdiff_t>(to), id);
}

}  // namespace

Result<RefList> all_refs(const Repository& repository, std::span<const Oid> trusted) {
  RefList list;
  RefReader reader(repository, [&](const Found& found) -> Status {
    Oid peeled = found.target;
    if (!is_among(trusted, peeled)) {
      SLUICE_TRY_ASSIGN(peeled, peel(repository, found.target));
    }
    list.refs.push_back({std::string(found.name), found.target, peeled, std::string(found.symbolic)});
    return {};
  });
  SLUICE_TRY(reader.run());
  const auto by_name = [](const Ref& a, const Ref& b) { return a.name < b.name; };
  if (!std::is_sorted(list.refs.begin(), list.refs.end(), by_name))
    std::stable_sort(list.refs.begin(), list.refs.end(), by_name);
  list.problems = reader.take_problems();
  list.unborn = reader.take_unborn();
  return list;
}

}  // namespace sluice::git
