#include "app/hook_place.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "app/hook_script.h"
#include "base/file.h"

namespace sluice::app {
namespace {

constexpr std::size_t largest_hook = 16u << 20;  // bytes

bool is_there(const std::string& path) {
  struct stat info;
  return ::lstat(path.c_str(), &info) == 0;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

HookManager manager_of(const HookPlace& place, const std::string& hooks_dir) {
  if (contains(hooks_dir, "/.husky")) return HookManager::husky;
  if (place.is_own) return HookManager::none;
  if (contains(place.text, "pre-commit.com") || contains(place.text, "pre_commit")) {
    return HookManager::pre_commit;
  }
  if (contains(place.text, "husky")) return HookManager::husky;
  if (contains(place.text, "lefthook")) return HookManager::lefthook;
  if (contains(place.text, "overcommit")) return HookManager::overcommit;
  return HookManager::none;
}

bool is_below(const std::filesystem::path& path, const std::string& directory) {
  if (directory.empty()) return false;
  std::error_code error;
  const auto top = std::filesystem::weakly_canonical(directory, error);
  if (error) return false;
  const auto relative = path.lexically_relative(top);
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

std::string_view to_string(HookManager manager) {
  switch (manager) {
    case HookManager::none:
      return "nobody";
    case HookManager::pre_commit:
      return "pre-commit";
    case HookManager::husky:
      return "husky";
    case HookManager::lefthook:
      return "lefthook";
    case HookManager::overcommit:
      return "overcommit";
  }
  return "nobody";
}

std::string advice_for(HookManager manager, const std::string& hook) {
  const std::string command = hook_command(hook);
  switch (manager) {
    case HookManager::pre_commit:
      return fmt::format("add the hook '{}' to .pre-commit-config.yaml (docs/ci.md shows how)",
                         hook == "pre-commit" ? "sluice" : "sluice-" + hook);
    case HookManager::husky:
      return fmt::format("add this line to .husky/{}: {}", hook, command);
    case HookManager::lefthook:
      return fmt::format("add this to lefthook.yml below '{}: commands: sluice:': run: {}{}", hook,
                         hook == "commit-msg" ? "sluice message {1}" : command,
                         hook == "pre-push" ? " and use_stdin: true" : "");
    case HookManager::overcommit:
    case HookManager::none:
      break;
  }
  return fmt::format("let it run: {}", command);
}

Result<HookPlace> look_at_hook(const git::Repository& repository, const std::string& hook) {
  SLUICE_TRY_ASSIGN(const std::string directory, repository.hooks_dir());
  HookPlace place;
  place.hook = hook;
  place.path = directory + "/" + hook;
  place.backup = place.path + ".before-sluice";
  place.has_backup = is_there(place.backup);
  place.exists = is_there(place.path);
  if (place.exists) {
    place.is_executable = ::access(place.path.c_str(), X_OK) == 0;
    auto text = base::read_file(place.path, largest_hook);
    const bool may_stay_unknown = !text && (text.error().kind == ErrorKind::limit_exceeded ||
                                            text.error().kind == ErrorKind::not_found);
    if (!text && !may_stay_unknown) return tl::unexpected<Error>(text.error());
    if (text) place.text = std::move(*text);
    place.is_own = is_own_script(place.text);
  }
  place.manager = manager_of(place, directory);
  return place;
}

Result<bool> is_hooks_dir_shared(const git::Repository& repository) {
  SLUICE_TRY_ASSIGN(const std::string directory, repository.hooks_dir());
  std::error_code error;
  const auto real = std::filesystem::weakly_canonical(directory, error);
  if (error) return true;
  return !is_below(real, repository.common_dir()) && !is_below(real, repository.work_tree());
}

}  // namespace sluice::app
