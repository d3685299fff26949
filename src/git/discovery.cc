#include "git/discovery.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "git/configuration.h"
#include "git/environment.h"
#include "git/oid.h"

namespace sluice::git {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_pointer = std::size_t{1} << 16;

std::string canonical(const std::string& path) {
  std::error_code error;
  const fs::path found = fs::canonical(path, error);
  return error ? path : found.string();
}

bool is_accessible(const std::string& path) { return ::access(path.c_str(), X_OK) == 0; }

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

// The first line of a file such as `commondir`; empty when there is none.
std::string read_pointer(const std::string& path) {
  const auto text = base::read_file(path, largest_pointer);
  if (!text) return {};
  return std::string(base::trim(*text));
}

std::string common_dir_of(const std::string& git_dir) {
  const std::string pointer = read_pointer(git_dir + "/commondir");
  return pointer.empty() ? git_dir : canonical(absolute_path(pointer, git_dir));
}

bool is_head(const std::string& path) {
  std::error_code error;
  if (fs::is_symlink(path, error)) return fs::read_symlink(path, error).string().starts_with("refs/");
  const auto text = base::read_file(path, largest_pointer);
  if (!text) return false;
  if (text->starts_with("ref:")) return base::trim(std::string_view(*text).substr(4)).starts_with("refs/");
  const std::string_view name = std::string_view(*text).substr(0, text->find_first_of(" \t\n"));
  return Oid::from_hex(name).has_value();
}

// As Git judges it: HEAD, an object database, and refs.
bool is_git_directory(const std::string& path) {
  if (!is_head(path + "/HEAD")) return false;
  const std::string common = common_dir_of(path);
  if (!environment("GIT_OBJECT_DIRECTORY") && !is_accessible(common + "/objects")) return false;
  return is_accessible(common + "/refs");
}

// Where the file `path` says that the Git directory is.
Result<std::string> read_git_file(const std::string& path) {
  SLUICE_TRY_ASSIGN(const std::string text, base::read_file(path, largest_pointer));
  if (!text.starts_with("gitdir:"))
    return fail(ErrorKind::corrupt, "the file is no pointer to a Git directory", path);
  const std::string target(base::trim(std::string_view(text).substr(7)));
  const std::string git_dir = canonical(absolute_path(target, parent_of(path)));
  if (!is_git_directory(git_dir))
    return fail(ErrorKind::corrupt, "the file leads to no Git directory: " + target, path,
                "after a worktree was moved: git worktree repair");
  return git_dir;
}

// Root may also use what belongs to the one who called sudo, as in Git.
bool is_owned(const std::string& path) {
  struct stat status = {};
  if (::lstat(path.c_str(), &status) != 0) return false;
  uid_t user = ::geteuid();
  if (user == 0 && status.st_uid != 0) {
    const auto caller = environment("SUDO_UID");
    if (!caller) return false;
    user = static_cast<uid_t>(std::strtoul(caller->c_str(), nullptr, 10));
  }
  return status.st_uid == user;
}

// git-config(1), safe.directory: an empty value drops those before it.
Result<bool> is_trusted(const std::string& directory) {
  SLUICE_TRY_ASSIGN(const Configuration config, Configuration::load_protected());
  bool trusted = false;
  for (const ConfigEntry& entry : config.entries()) {
    if (entry.key != "safe.directory") continue;
    std::string value = entry.value.value_or("");
    if (value.starts_with("~/")) value = environment("HOME").value_or("") + value.substr(1);
    if (value.empty()) {
      trusted = false;
    } else if (value == "*" || value == directory || canonical(value) == directory) {
      trusted = true;
    } else if (value.ends_with("/*") &&
               directory.starts_with(std::string_view(value).substr(0, value.size() - 1))) {
      trusted = true;
    }
  }
  return trusted;
}

Status check_owner(const Discovered& found) {
  const bool owned = is_owned(found.git_dir) && (found.top.empty() || is_owned(found.top)) &&
                     (found.git_file.empty() || is_owned(found.git_file));
  if (owned) return {};
  const std::string directory = found.top.empty() ? found.git_dir : found.top;
  SLUICE_TRY_ASSIGN(const bool trusted, is_trusted(directory));
  if (trusted) return {};
  return fail(ErrorKind::refused, "the repository belongs to another user, and Git does not trust it",
              directory, "if you trust it: git config --global --add safe.directory " + directory);
}

// The length of the longest directory in GIT_CEILING_DIRECTORIES that lies above `start`. Those after an
// empty entry are taken as they are written.
std::size_t ceiling_above(const std::string& start) {
  std::size_t longest = 0;
  const std::string list = environment("GIT_CEILING_DIRECTORIES").value_or("");
  bool resolve = true;
  for (const std::string_view entry : base::split(list, ':')) {
    if (entry.empty()) resolve = false;
    if (!entry.starts_with('/')) continue;
    std::string ceiling(entry);
    if (resolve) ceiling = canonical(ceiling);
    while (ceiling.size() > 1 && ceiling.back() == '/') ceiling.pop_back();
    if (start.starts_with(ceiling == "/" ? ceiling : ceiling + "/") && start != ceiling)
      longest = std::max(longest, ceiling.size());
  }
  return longest;
}

std::optional<dev_t> device_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status.st_dev;
}

tl::unexpected<Error> no_repository(const std::string& where) {
  return fail(ErrorKind::not_found, "not inside a Git repository", where,
              "start in a repository, or name one with -C");
}

// What is at `dir` itself: a work tree with its `.git`, or a bare repository.
Result<std::optional<Discovered>> look_at(const std::string& dir) {
  const std::string dot_git = dir == "/" ? "/.git" : dir + "/.git";
  struct stat status = {};
  const bool exists = ::stat(dot_git.c_str(), &status) == 0;
  if (!exists && errno == EACCES)
    return fail(ErrorKind::unreadable, "permission denied", dot_git);
  Discovered found;
  if (exists && S_ISREG(status.st_mode)) {
    SLUICE_TRY_ASSIGN(found.git_dir, read_git_file(dot_git));
    found.git_file = dot_git;
    found.top = dir;
    return std::optional(found);
  }
  if (exists && S_ISDIR(status.st_mode) && is_git_directory(dot_git)) {
    found.git_dir = canonical(dot_git);
    found.top = dir;
    return std::optional(found);
  }
  if (!is_git_directory(dir)) return std::optional<Discovered>();
  found.git_dir = dir;
  return std::optional(found);
}

Result<Discovered> search_upwards(const std::string& start) {
  const auto across = environment("GIT_DISCOVERY_ACROSS_FILESYSTEM");
  const bool crosses = across && *across != "0";
  const std::size_t ceiling = ceiling_above(start);
  const auto device = device_of(start);
  for (std::string dir = start;; dir = parent_of(dir)) {
    SLUICE_TRY_ASSIGN(std::optional<Discovered> found, look_at(dir));
    if (found) return std::move(*found);
    const std::string above = parent_of(dir);
    if (dir == "/" || (ceiling != 0 && above.size() <= ceiling)) return no_repository(start);
    if (!crosses && device_of(above) != device) return no_repository(start);
  }
}

}  // namespace

Result<std::string> existing_directory(const std::string& dir) {
  std::error_code error;
  const auto absolute = fs::absolute(dir.empty() ? "." : dir, error);
  const auto resolved = error ? absolute : fs::canonical(absolute, error);
  if (error == std::errc::permission_denied)
    return fail(ErrorKind::unreadable, "permission denied", dir);
  if (error || !fs::is_directory(resolved, error))
    return fail(ErrorKind::not_found, "there is no such directory", dir);
  return resolved.string();
}

Result<Discovered> discover(const std::string& start) {
  if (environment("GIT_COMMON_DIR"))
    return fail(ErrorKind::unsupported, "GIT_COMMON_DIR is set, which is not supported", start,
                "unset GIT_COMMON_DIR");
  Discovered found;
  if (const auto named = environment("GIT_DIR")) {
    const std::string path = canonical(absolute_path(*named, start));
    std::error_code error;
    if (fs::is_regular_file(path, error)) {
      SLUICE_TRY_ASSIGN(found.git_dir, read_git_file(path));
    } else if (is_git_directory(path)) {
      found.git_dir = path;
    } else {
      return fail(ErrorKind::not_found, "GIT_DIR is no Git directory", path, "unset GIT_DIR");
    }
  } else {
    SLUICE_TRY_ASSIGN(found, search_upwards(start));
    SLUICE_TRY(check_owner(found));
  }
  found.common_dir = common_dir_of(found.git_dir);
  return found;
}

}  // namespace sluice::git
