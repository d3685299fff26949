#include "app/unpublished.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "git/ignore.h"
#include "git/index.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_ignore_file = 4u << 20;

// Adds an ignore file if it is there. One that cannot be read must not pass for one that ignores
// nothing: then less is ignored than Git would ignore, which refuses rather than allows.
void add_ignore_file(git::IgnoreRules& rules, const std::string& directory, const fs::path& file) {
  const auto text = base::read_file(file.string(), largest_ignore_file);
  if (text) rules.add_file(directory, *text);
}

Result<bool> is_tracked(const git::Repository& repository, const std::string& path) {
  SLUICE_TRY_ASSIGN(auto sparse, git::shared_sparse_index(repository));
  SLUICE_TRY_ASSIGN(const auto index, git::expanded(repository, std::move(sparse)));
  const auto& entries = index->entries;
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), path,
                       [](const auto& entry, const auto& name) { return entry.path < name; });
  return found != entries.end() && found->path == path;
}

fs::path excludes_file(const git::Repository& repository) {
  const auto set = repository.config_string("core.excludesFile");
  const char* const home = std::getenv("HOME");
  if (set && *set) {
    const std::string& name = **set;
    return name.starts_with("~/") && home != nullptr ? fs::path(home) / name.substr(2)
                                                     : fs::path(name);
  }
  const char* const xdg = std::getenv("XDG_CONFIG_HOME");
  if (xdg != nullptr && *xdg != '\0') return fs::path(xdg) / "git/ignore";
  return home != nullptr ? fs::path(home) / ".config/git/ignore" : fs::path();
}

// The sources of rules from the strongest to the weakest; the first that has a rule decides.
bool is_ignored(const git::Repository& repository, const std::string& path) {
  const fs::path top = repository.work_tree();
  git::IgnoreRules tracked;
  std::string directory;
  add_ignore_file(tracked, "", top / ".gitignore");
  for (const fs::path& part : fs::path(path).parent_path()) {
    directory += (directory.empty() ? "" : "/") + part.string();
    add_ignore_file(tracked, directory, top / directory / ".gitignore");
  }
  const git::IgnoreVerdict verdict = tracked.check(path, false);
  if (verdict.line != 0) return verdict.ignored;
  for (const fs::path& file :
       {fs::path(repository.common_dir()) / "info/exclude", excludes_file(repository)}) {
    git::IgnoreRules rules;
    if (!file.empty()) add_ignore_file(rules, "", file);
    const git::IgnoreVerdict other = rules.check(path, false);
    if (other.line != 0) return other.ignored;
  }
  return false;
}

}  // namespace

Status check_unpublished(const git::Repository* repository, const std::string& path) {
  if (repository == nullptr || repository->is_bare()) return {};
  std::error_code error;
  const fs::path top = fs::weakly_canonical(repository->work_tree(), error);
  const fs::path place = fs::weakly_canonical(fs::absolute(path, error), error);
  const std::string inside = place.lexically_relative(top).generic_string();
  if (inside.empty() || inside == ".." || inside.starts_with("../") || inside.starts_with(".git/"))
    return {};
  SLUICE_TRY_ASSIGN(const bool tracked, is_tracked(*repository, inside));
  if (tracked)
    return fail(ErrorKind::refused, "Git tracks it, and it would hold secrets", path,
                fmt::format("git rm --cached -- '{}', then ignore it", inside));
  if (!is_ignored(*repository, inside))
    return fail(ErrorKind::refused, "Git would not ignore it, and it would hold secrets", path,
                fmt::format("add the line `/{}` to the .gitignore at the top", inside));
  return {};
}

}  // namespace sluice::app
