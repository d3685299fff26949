#include "git/refs.h"

#include <algorithm>
#include <deque>
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
#include "pack/mapped_file.h"

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

// Visits every ref. Of thousands most are packed, whose lines stay where they were mapped.
class RefReader {
 public:
  RefReader(const Repository& repository, const VisitRef& visit) : repository_(repository), visit_(visit) {}

  Status run() {
    SLUICE_TRY(map_packed());
    SLUICE_TRY_ASSIGN(const auto worktrees, worktree_directories(repository_));
    for (const WorktreeDirectory& worktree : worktrees) {
      const bool shared = worktree.path == repository_.common_dir();
      SLUICE_TRY(read_loose(worktree, shared));
    }
    settle_loose();
    for (const WorktreeDirectory& worktree : worktrees) read_pseudo_refs(worktree);
    return visit_by_name();
  }

  RefFailures take_failures() { return std::move(failures_); }

 private:
  struct Named {
    std::string_view name;
    Oid id;
    std::string_view symbolic;
  };

  void report(ErrorKind kind, std::string what, const std::string& where) {
    failures_.problems.push_back(Error{kind, std::move(what), where, {}});
  }

  std::string packed_path() const { return repository_.common_dir() + "/packed-refs"; }

  // gitformat: `<name> <ref>` lines, `#` a header, `^` the peeled name of the line before.
  Status map_packed() {
    auto file = pack::MappedFile::open(packed_path());
    if (!file && file.error().kind == ErrorKind::not_found) return {};
    if (!file) return tl::unexpected<Error>(file.error());
    packed_file_ = std::move(*file);
    digits_ = 2 * pack::name_size(repository_.algorithm());
    packed_.reserve(packed_file_.bytes().size() / (digits_ + 2));
    for (std::string_view rest = packed_file_.bytes(); !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.empty() || line[0] == '#' || line[0] == '^') continue;
      if (line.size() < digits_ + 2 || line[digits_] != ' ') return malformed();
      packed_.push_back(line);
    }
    const auto before = [this](std::string_view a, std::string_view b) { return packed_name(a) < packed_name(b); };
    if (!std::is_sorted(packed_.begin(), packed_.end(), before))
      std::stable_sort(packed_.begin(), packed_.end(), before);
    return {};
  }

  tl::unexpected<Error> malformed() const {
    return fail(ErrorKind::corrupt, "malformed line in the packed refs", packed_path());
  }

  std::string_view packed_name(std::string_view line) const { return base::trim(line.substr(digits_ + 1)); }

  Result<Named> packed_value(std::string_view line) const {
    const auto id = Oid::from_hex(repository_.algorithm(), line.substr(0, digits_));
    if (!id) return malformed();
    return Named{packed_name(line), *id, {}};
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

  // By name, of each the value that was read last.
  void settle_loose() {
    std::stable_sort(loose_.begin(), loose_.end(), [](const Named& a, const Named& b) { return a.name < b.name; });
    const auto is_same = [](const Named& a, const Named& b) { return a.name == b.name; };
    const auto first = std::unique(loose_.rbegin(), loose_.rend(), is_same);
    loose_.erase(loose_.begin(), first.base());
  }

  Status visit_by_name() {
    auto loose = loose_.begin();
    for (std::size_t i = 0; i < packed_.size(); ++i) {
      SLUICE_TRY_ASSIGN(const Named value, packed_value(packed_[i]));
      if (i + 1 < packed_.size() && packed_name(packed_[i + 1]) == value.name) continue;  // the last one counts
      for (; loose != loose_.end() && loose->name < value.name; ++loose) add(loose->name, *loose);
      const bool is_hidden = loose != loose_.end() && loose->name == value.name;
      if (!is_hidden) add(value.name, value);
    }
    for (; loose != loose_.end(); ++loose) add(loose->name, *loose);
    for (const Named& value : pseudo_) add(value.name, value);
    return {};
  }

  std::optional<Named> find(std::string_view name) const {
    const auto loose = std::partition_point(loose_.begin(), loose_.end(), [&](const Named& one) { return one.name < name; });
    if (loose != loose_.end() && loose->name == name) return *loose;
    const auto after = std::partition_point(packed_.begin(), packed_.end(),
                                            [&](std::string_view line) { return packed_name(line) <= name; });
    if (after == packed_.begin() || packed_name(*(after - 1)) != name) return std::nullopt;
    const auto value = packed_value(*(after - 1));
    return value ? std::optional(*value) : std::nullopt;
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
        pseudo_.push_back({keep(name), value->id, keep(value->symbolic)});
      } else {
        report(ErrorKind::corrupt, "the ref holds no object name", name);
      }
    }
  }

  void add(std::string_view name, const Named& value) {
    Named last = value;
    for (int depth = 0; depth < deepest_symbolic && !last.symbolic.empty(); ++depth) {
      const std::optional<Named> next = find(last.symbolic);
      if (!next) return add_dangling(std::string(name), std::string(last.symbolic));
      last = *next;
    }
    if (!last.symbolic.empty())
      return report(ErrorKind::corrupt, "symbolic refs are nested too deeply", std::string(name));
    const Status status = visit_({name, last.id, value.symbolic});
    if (!status) report(status.error().kind, to_string(status.error()), std::string(name));
  }

  // A HEAD without its branch is a branch without a commit yet, or a remote's default branch that was
  // pruned; nothing hides behind either.
  void add_dangling(const std::string& name, const std::string& target) {
    if (name == "HEAD") {
      failures_.unborn = target;
    } else if (!name.ends_with("/HEAD")) {
      report(ErrorKind::not_found, "the ref points at " + target + ", which does not exist", name);
    }
  }

  const Repository& repository_;
  const VisitRef& visit_;
  pack::MappedFile packed_file_;
  std::size_t digits_ = 0;                // of a name there
  std::vector<std::string_view> packed_;  // its lines, by name
  std::deque<std::string> texts_;         // the other names and symbolic targets; none moves
  std::vector<Named> loose_;              // by name
  std::vector<Named> pseudo_;
  RefFailures failures_;
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

}  // namespace

Result<RefFailures> visit_refs(const Repository& repository, const VisitRef& visit) {
  RefReader reader(repository, visit);
  SLUICE_TRY(reader.run());
  return reader.take_failures();
}

Result<RefList> all_refs(const Repository& repository) {
  RefList list;
  const VisitRef visit = [&](const FoundRef& found) -> Status {
    SLUICE_TRY_ASSIGN(const Oid peeled, peel(repository, found.target));
    list.refs.push_back({std::string(found.name), found.target, peeled, std::string(found.symbolic)});
    return {};
  };
  SLUICE_TRY_ASSIGN(RefFailures failures, visit_refs(repository, visit));
  const auto by_name = [](const Ref& a, const Ref& b) { return a.name < b.name; };
  if (!std::is_sorted(list.refs.begin(), list.refs.end(), by_name))
    std::stable_sort(list.refs.begin(), list.refs.end(), by_name);
  list.problems = std::move(failures.problems);
  list.unborn = std::move(failures.unborn);
  return list;
}

}  // namespace sluice::git
