#include "git/repository.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "git/configuration.h"
#include "git/environment.h"
#include "git/libgit2.h"
#include "git/loose_reader.h"

namespace sluice::git {

struct Repository::Impl {
  RepositoryHandle repository;
  OdbHandle odb;
  ConfigHandle config;  // a snapshot
  std::vector<std::pair<std::string, std::string>> overrides;
  std::string git_dir;
  std::string common_dir;
  std::string work_tree;
  std::vector<Oid> shallow;
  bool is_shallow = false;
  bool is_partial_clone = false;
};

namespace {

std::string without_final_slash(const char* path) {
  std::string text = path == nullptr ? "" : path;
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

Result<std::string> existing_directory(const std::string& dir) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(dir.empty() ? "." : dir, error);
  const auto resolved = error ? absolute : std::filesystem::canonical(absolute, error);
  if (error == std::errc::permission_denied)
    return fail(ErrorKind::unreadable, "permission denied", dir);
  if (error || !std::filesystem::is_directory(resolved, error))
    return fail(ErrorKind::not_found, "there is no such directory", dir);
  return resolved.string();
}

// The directory that safe.directory must name for a repository found from `dir`.
std::string directory_to_trust(const std::string& dir) {
  git_buf found = GIT_BUF_INIT;
  std::string path = dir;
  if (git_repository_discover(&found, dir.c_str(), 1, nullptr) == 0)
    path = without_final_slash(found.ptr);
  git_buf_dispose(&found);
  if (path.ends_with("/.git")) path.resize(path.size() - 5);
  return path;
}

tl::unexpected<Error> open_failure(int code, const std::string& dir) {
  // libgit2 1.5 answers "not found" for a foreign owner when safe.directory is set nowhere.
  const git_error* last = git_error_last();
  const bool no_trust_configured =
      code == GIT_ENOTFOUND && last != nullptr && last->klass == GIT_ERROR_CONFIG;
  auto failure = libgit2_failure(code, "cannot open the repository", dir);
  Error& error = failure.value();
  if (code == GIT_EOWNER || no_trust_configured) {
    error.kind = ErrorKind::refused;
    error.what = "the repository belongs to another user, and Git does not trust it";
    error.remedy =
        "if you trust it: git config --global --add safe.directory " + directory_to_trust(dir);
  } else if (code == GIT_ENOTFOUND) {
    error.what = "not inside a Git repository";
    error.remedy = "start in a repository, or name one with -C";
  } else if (error.what.find("unsupported") != std::string::npos ||
             error.what.find("unknown object format") != std::string::npos) {
    error.kind = ErrorKind::unsupported;
  }
  return failure;
}

Result<RepositoryHandle> open_handle(const std::string& dir) {
  if (environment("GIT_COMMON_DIR"))
    return fail(ErrorKind::unsupported, "GIT_COMMON_DIR is set, which is not supported", dir,
                "unset GIT_COMMON_DIR");
  git_repository* raw = nullptr;
  int code = 0;
  if (const auto git_dir = environment("GIT_DIR")) {
    const unsigned flags = GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT;
    const std::string path = absolute_path(*git_dir, dir);
    code = git_repository_open_ext(&raw, path.c_str(), flags, nullptr);
    if (code < 0) return open_failure(code, path);
    return RepositoryHandle(raw);
  }
  const auto across = environment("GIT_DISCOVERY_ACROSS_FILESYSTEM");
  const unsigned flags = across && *across != "0" ? GIT_REPOSITORY_OPEN_CROSS_FS : 0;
  const auto ceilings = environment("GIT_CEILING_DIRECTORIES");
  code = git_repository_open_ext(&raw, dir.c_str(), flags, ceilings ? ceilings->c_str() : nullptr);
  if (code < 0) return open_failure(code, dir);
  return RepositoryHandle(raw);
}

bool is_inside(const std::string& path, const std::string& directory) {
  return path == directory || path.starts_with(directory + "/");
}

// git(1), GIT_DIR: with it and without GIT_WORK_TREE or core.worktree, the work tree is where git
// was started (hooks rely on it); not so when that is the Git directory itself. libgit2 is not
// told: nothing that is asked of it here looks at the work tree.
Result<std::string> find_work_tree(git_repository* repository, git_config* config,
                                   const std::string& dir) {
  if (const auto given = environment("GIT_WORK_TREE"))
    return existing_directory(absolute_path(*given, dir));
  const std::string own = without_final_slash(git_repository_workdir(repository));
  if (own.empty() || !environment("GIT_DIR")) return own;
  git_config_entry* entry = nullptr;
  const bool configured = git_config_get_entry(&entry, config, "core.worktree") == 0;
  git_config_entry_free(entry);
  const std::string git_dir = without_final_slash(git_repository_path(repository));
  return configured || is_inside(dir, git_dir) ? own : dir;
}

// An absent index is an empty one, but one that cannot be looked at must not pass for that.
Status set_index(git_repository* repository, const std::string& base) {
  const auto given = environment("GIT_INDEX_FILE");
  if (!given) return {};
  const std::string path = absolute_path(*given, base);
  if (::access(path.c_str(), R_OK) != 0 && errno != ENOENT)
    return fail(ErrorKind::unreadable, "the index cannot be read", path);
  git_index* raw = nullptr;
  int code = git_index_open(&raw, path.c_str());
  if (code < 0) return libgit2_failure(code, "cannot read the index", path);
  const IndexHandle index(raw);
  code = git_repository_set_index(repository, raw);
  if (code < 0) return libgit2_failure(code, "cannot use the index", path);
  return {};
}

Result<OdbHandle> open_odb(git_repository* repository, const std::string& base) {
  git_odb* raw = nullptr;
  int code = 0;
  std::vector<std::string> directories;
  if (const auto given = environment("GIT_OBJECT_DIRECTORY")) {
    directories.push_back(absolute_path(*given, base));
    code = git_odb_open(&raw, directories[0].c_str());
    if (code == 0) code = git_repository_set_odb(repository, raw);
  } else {
    directories.push_back(std::string(git_repository_commondir(repository)) + "objects");
    code = git_repository_odb(&raw, repository);
  }
  OdbHandle odb(raw);
  if (code < 0) return libgit2_failure(code, "cannot open the object database", directories[0]);
  if (const auto alternates = environment("GIT_ALTERNATE_OBJECT_DIRECTORIES")) {
    SLUICE_TRY_ASSIGN(const auto parts, split_path_list(*alternates));
    for (const std::string& part : parts) {
      directories.push_back(absolute_path(part, base));
      code = git_odb_add_disk_alternate(raw, directories.back().c_str());
      if (code < 0)
        return libgit2_failure(code, "cannot open the object database", directories.back());
    }
  }
  SLUICE_TRY(add_loose_reader(raw, directories));
  return odb;
}

// The commits that the `shallow` file lists (gitformat "shallow": one name a line).
Result<std::vector<Oid>> read_shallow(const std::string& path) {
  std::vector<Oid> boundary;
  auto text = base::read_file(path);
  if (!text && text.error().kind == ErrorKind::not_found) return boundary;
  if (!text) return tl::unexpected<Error>(text.error());
  for (const std::string_view line : base::split(*text, '\n')) {
    if (line.empty()) continue;
    const auto id = Oid::from_hex(base::trim(line));
    if (!id) return fail(ErrorKind::corrupt, "malformed line in the list of shallow commits", path);
    boundary.push_back(*id);
  }
  std::sort(boundary.begin(), boundary.end());
  return boundary;
}

// Every key is looked at by hand: libgit2 1.5 leaks memory where it matches keys with a pattern.
bool has_promisor(git_config* config) {
  git_config_iterator* raw = nullptr;
  if (git_config_iterator_new(&raw, config) != 0) return false;
  const Handle<git_config_iterator, git_config_iterator_free> iterator(raw);
  git_config_entry* entry = nullptr;
  while (git_config_next(&entry, raw) == 0) {
    const std::string_view name = entry->name;
    if (name == "extensions.partialclone") return true;
    if (!name.starts_with("remote.") || !name.ends_with(".promisor")) continue;
    int value = 0;
    // A key without a value has none here and means true.
    if (entry->value == nullptr || git_config_parse_bool(&value, entry->value) != 0 || value != 0)
      return true;
  }
  return false;
}

}  // namespace

Repository::Repository(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Repository::Repository(Repository&& other) noexcept = default;
Repository& Repository::operator=(Repository&& other) noexcept = default;
Repository::~Repository() = default;

Result<Repository> Repository::open(const std::string& dir) {
  ensure_libgit2();
  auto impl = std::make_unique<Impl>();
  SLUICE_TRY_ASSIGN(const std::string start, existing_directory(dir));
  SLUICE_TRY_ASSIGN(impl->repository, open_handle(start));
  git_repository* repository = impl->repository.get();
  SLUICE_TRY_ASSIGN(ConfigHandle config, load_configuration(repository));
  git_repository_set_config(repository, config.get());
  git_config* snapshot = nullptr;
  const int code = git_config_snapshot(&snapshot, config.get());
  impl->config.reset(snapshot);
  if (code < 0) return libgit2_failure(code, "cannot read the configuration", start);
  SLUICE_TRY_ASSIGN(impl->overrides, environment_configuration());
  SLUICE_TRY_ASSIGN(impl->work_tree, find_work_tree(repository, impl->config.get(), start));
  impl->git_dir = without_final_slash(git_repository_path(repository));
  impl->common_dir = without_final_slash(git_repository_commondir(repository));
  const std::string base = impl->work_tree.empty() ? start : impl->work_tree;
  SLUICE_TRY(set_index(repository, base));
  SLUICE_TRY_ASSIGN(impl->odb, open_odb(repository, base));
  const auto shallow_file = environment("GIT_SHALLOW_FILE");
  SLUICE_TRY_ASSIGN(impl->shallow, read_shallow(shallow_file ? absolute_path(*shallow_file, base)
                                                             : impl->common_dir + "/shallow"));
  impl->is_shallow = !impl->shallow.empty();
  impl->is_partial_clone = has_promisor(impl->config.get());
  return Repository(std::move(impl));
}

const std::string& Repository::git_dir() const { return impl_->git_dir; }
const std::string& Repository::common_dir() const { return impl_->common_dir; }
const std::string& Repository::work_tree() const { return impl_->work_tree; }
bool Repository::is_bare() const { return impl_->work_tree.empty(); }
bool Repository::is_shallow() const { return impl_->is_shallow; }
const std::vector<Oid>& Repository::shallow_boundary() const { return impl_->shallow; }
bool Repository::is_partial_clone() const { return impl_->is_partial_clone; }
git_repository* Repository::raw() const { return impl_->repository.get(); }
git_odb* Repository::odb() const { return impl_->odb.get(); }

Result<std::optional<std::string>> Repository::config_string(const std::string& key) const {
  const std::string wanted = normal_key(key);
  for (auto pair = impl_->overrides.rbegin(); pair != impl_->overrides.rend(); ++pair)
    if (pair->first == wanted) return std::optional<std::string>(pair->second);
  const char* value = nullptr;
  const int code = git_config_get_string(&value, impl_->config.get(), key.c_str());
  if (code == GIT_ENOTFOUND) return std::optional<std::string>();
  if (code < 0) return libgit2_failure(code, "cannot read the configuration", key);
  return std::optional<std::string>(value == nullptr ? "" : value);
}

Result<bool> Repository::config_bool(const std::string& key, bool fallback) const {
  SLUICE_TRY_ASSIGN(const auto text, config_string(key));
  if (!text) return fallback;
  int value = 0;
  const int code = git_config_parse_bool(&value, text->c_str());
  if (code < 0) return fail(ErrorKind::corrupt, "not a Git boolean", key);
  return value != 0;
}

Result<std::string> Repository::hooks_dir() const {
  SLUICE_TRY_ASSIGN(const auto configured, config_string("core.hooksPath"));
  if (!configured) return impl_->common_dir + "/hooks";
  std::string path = *configured;
  if (path.starts_with("~/")) {
    const auto home = environment("HOME");
    if (!home) return fail(ErrorKind::corrupt, "`~` in core.hooksPath, but no HOME", path);
    path = *home + path.substr(1);
  }
  return absolute_path(path, is_bare() ? impl_->git_dir : impl_->work_tree);
}

}  // namespace sluice::git
