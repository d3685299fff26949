#include "app/policy_location.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>

#include "base/file.h"
#include "git/object.h"
#include "git/refs.h"

namespace sluice::app {
namespace {

constexpr std::string_view default_name = ".sluice.yaml";

struct Found {
  std::string path;
  std::string text;
  bool exists = false;
};

// Anything by that name counts, a dangling link too: a policy that cannot be read must be an error,
// not a run without it.
bool exists(const std::string& path) {
  struct stat info;
  return ::lstat(path.c_str(), &info) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

// The policy's text from a bare repository's HEAD: there is no work tree to look in.
Result<Found> find_in_head(const git::Repository& repository) {
  const auto id = git::resolve(repository, fmt::format("HEAD:{}", default_name));
  if (!id && id.error().kind == ErrorKind::not_found) return Found{};
  if (!id) return tl::unexpected<Error>(id.error());
  SLUICE_TRY_ASSIGN(const git::Object object,
                    git::read_object(repository, *id, git::ObjectKind::blob));
  return Found{fmt::format("HEAD:{}", default_name), std::string(object.bytes()), true};
}

std::string path_of(const std::optional<std::string>& explicit_path,
                    const git::Repository* repository, const std::string& directory) {
  if (explicit_path) return *explicit_path;
  if (const char* named = std::getenv("SLUICE_CONFIG"); named != nullptr && *named != '\0') return named;
  if (repository != nullptr && repository->is_bare()) return {};
  const std::string& top = repository != nullptr ? repository->work_tree() : directory;
  const std::string path = top == "." ? std::string(default_name) : fmt::format("{}/{}", top, default_name);
  return exists(path) ? path : std::string();
}

Result<Found> find_policy(const std::optional<std::string>& explicit_path,
                          const git::Repository* repository, const std::string& directory) {
  const std::string path = path_of(explicit_path, repository, directory);
  if (!path.empty()) {
    SLUICE_TRY_ASSIGN(std::string text, base::read_file(path));
    return Found{path, std::move(text), true};
  }
  if (repository != nullptr && repository->is_bare()) return find_in_head(*repository);
  return Found{};
}

}  // namespace

tl::expected<PolicyFile, PolicyErrors> load_policy(const std::optional<std::string>& explicit_path,
                                                   const git::Repository* repository,
                                                   const std::string& directory) {
  const auto found = find_policy(explicit_path, repository, directory);
  if (!found) return tl::unexpected<PolicyErrors>(PolicyErrors{found.error()});
  if (!found->exists) return PolicyFile{};
  auto policy = parse_policy(found->text, found->path);
  if (policy) policy->text = found->text;
  return policy;
}

std::string policy_location(const std::optional<std::string>& explicit_path,
                            const git::Repository* repository, const std::string& directory) {
  const std::string path = path_of(explicit_path, repository, directory);
  if (!path.empty()) return path;
  if (repository != nullptr && repository->is_bare()) {
    const auto found = find_in_head(*repository);
    if (found && found->exists) return found->path;
  }
  return "none (built-in defaults)";
}

}  // namespace sluice::app
