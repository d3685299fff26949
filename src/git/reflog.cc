#include <optional>
#include <unordered_set>

#include "base/file.h"
#include "base/text.h"
#include "git/ref_files.h"
#include "git/refs.h"
#include "git/repository.h"

namespace sluice::git {
namespace {

struct Line {
  Oid before;
  Oid after;
};

// `<old name> <new name> <who and when>[\t<message>]`.
std::optional<Line> parse_line(std::string_view line) {
  const std::size_t digits = line.find(' ');
  if (digits > 64 || line.size() < 2 * digits + 2 || line[2 * digits + 1] != ' ')
    return std::nullopt;
  const auto before = Oid::from_hex(line.substr(0, digits));
  const auto after = Oid::from_hex(line.substr(digits + 1, digits));
  if (!before || !after) return std::nullopt;
  return Line{*before, *after};
}

void read_log(const std::string& path, const std::string& name, Reflogs& logs) {
  const auto text = base::read_file(path);
  if (!text) {
    logs.problems.push_back(Error{text.error().kind, "cannot read the log of a ref", path, {}});
    return;
  }
  std::unordered_set<Oid> seen;
  std::size_t number = 0;
  for (const std::string_view line : base::split(*text, '\n')) {
    ++number;
    if (line.empty()) continue;
    const auto parsed = parse_line(line);
    if (!parsed) {
      logs.problems.push_back(Error{ErrorKind::corrupt,
                                    "malformed line in the log of a ref",
                                    path + ":" + std::to_string(number),
                                    {}});
      continue;
    }
    for (const Oid& id : {parsed->before, parsed->after})
      if (!id.is_zero() && seen.insert(id).second) logs.entries.push_back({name, id});
  }
}

}  // namespace

Result<Reflogs> all_reflogs(const Repository& repository) {
  Reflogs logs;
  SLUICE_TRY_ASSIGN(const auto worktrees, worktree_directories(repository));
  for (const WorktreeDirectory& worktree : worktrees) {
    const bool shared = worktree.path == repository.common_dir();
    SLUICE_TRY_ASSIGN(const auto files, files_below(worktree.path + "/logs"));
    for (const std::string& file : files) {
      const bool own = !shared || is_per_worktree(file) || !file.starts_with("refs/");
      read_log(worktree.path + "/logs/" + file, own ? worktree.prefix + file : file, logs);
    }
  }
  return logs;
}

}  // namespace sluice::git
