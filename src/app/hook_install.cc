#include "app/hook_install.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "app/hook_place.h"
#include "app/hook_script.h"
#include "base/file.h"
#include "base/text.h"

namespace sluice::app {
namespace {

constexpr unsigned executable = 0755;

Status rename_file(const std::string& from, const std::string& to) {
  std::error_code error;
  std::filesystem::rename(from, to, error);
  if (error) return fail(ErrorKind::io, "cannot rename: " + error.message(), from);
  return {};
}

Result<std::vector<HookPlace>> look_at_all(const git::Repository& repository,
                                           const HookChoice& choice) {
  SLUICE_TRY_ASSIGN(const auto names, chosen_hooks(repository, choice.hooks));
  std::vector<HookPlace> places;
  for (const std::string& name : names) {
    SLUICE_TRY_ASSIGN(HookPlace place, look_at_hook(repository, name));
    places.push_back(std::move(place));
  }
  return places;
}

Status check_installable(const git::Repository& repository, const std::vector<HookPlace>& places,
                         bool force) {
  SLUICE_TRY_ASSIGN(const std::string directory, repository.hooks_dir());
  SLUICE_TRY_ASSIGN(const bool is_shared, is_hooks_dir_shared(repository));
  if (is_shared && !force) {
    return fail(ErrorKind::refused,
                "core.hooksPath names a folder outside this repository, which others may share",
                directory,
                "add sluice to the hooks there by hand, unset core.hooksPath, or use --force");
  }
  for (const HookPlace& place : places) {
    if (place.manager != HookManager::none && !force) {
      return fail(ErrorKind::refused,
                  fmt::format("{} looks after this hook", to_string(place.manager)), place.path,
                  advice_for(place.manager, place.hook) + "; or use --force to chain it");
    }
    if (place.exists && !place.is_own && place.has_backup) {
      return fail(ErrorKind::refused, "there is a hook, and also one that sluice kept from before",
                  place.backup,
                  "keep the one you want under the hook's own name and remove the other");
    }
  }
  return {};
}

Result<std::string> install_one(const HookPlace& place, const std::string& binary) {
  const std::string script = hook_script(place.hook, binary);
  const std::string shown = base::escape_for_terminal(place.path);
  const std::string runs = fmt::format("{}: {}", place.hook, hook_command(place.hook));
  if (place.is_own && place.is_executable && place.text == script) {
    return fmt::format("{} (already in place, {})", runs, shown);
  }
  if (place.exists && !place.is_own) SLUICE_TRY(rename_file(place.path, place.backup));
  if (const Status status = base::write_file(place.path, script, executable); !status) {
    if (place.exists && !place.is_own) SLUICE_TRY(rename_file(place.backup, place.path));
    return tl::unexpected<Error>(status.error());
  }
  if (place.is_own) return fmt::format("{} (updated, {})", runs, shown);
  if (!place.exists) return fmt::format("{} (new, {})", runs, shown);
  return fmt::format(
      "{} (new, {}); the hook that was there is now {} and {}", runs, shown,
      base::escape_for_terminal(place.backup),
      place.is_executable ? "runs first" : "stays inactive, as it is not executable");
}

Result<std::string> uninstall_one(const HookPlace& place) {
  const std::string shown = base::escape_for_terminal(place.path);
  if (!place.exists) return fmt::format("{}: there is none", place.hook);
  if (!place.is_own)
    return fmt::format("{}: not from sluice, left as it is ({})", place.hook, shown);
  if (place.has_backup) {
    SLUICE_TRY(rename_file(place.backup, place.path));
    return fmt::format("{}: removed, and the hook from before is back ({})", place.hook, shown);
  }
  std::error_code error;
  if (!std::filesystem::remove(place.path, error) || error) {
    return fail(ErrorKind::io, "cannot remove: " + error.message(), place.path);
  }
  return fmt::format("{}: removed ({})", place.hook, shown);
}

Status make_hooks_dir(const git::Repository& repository) {
  SLUICE_TRY_ASSIGN(const std::string directory, repository.hooks_dir());
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error)
    return fail(ErrorKind::io, "cannot make the hooks' folder: " + error.message(), directory);
  return {};
}

}  // namespace

Result<std::vector<std::string>> chosen_hooks(const git::Repository& repository,
                                              const std::vector<std::string>& names) {
  if (names.empty() && repository.is_bare()) return std::vector<std::string>{"pre-receive"};
  if (names.empty()) return std::vector<std::string>{"pre-commit", "commit-msg", "pre-push"};
  const std::vector<std::string>& known = known_hooks();
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = base::nearest(name, known);
    return fail(ErrorKind::invalid_input, fmt::format("sluice has no hook '{}'", name), {},
                near.empty() ? fmt::format("one of: {}", fmt::join(known, ", "))
                             : fmt::format("did you mean '{}'?", near));
  }
  return names;
}

HookOutcome install_hooks(const git::Repository& repository, const HookChoice& choice) {
  HookOutcome outcome;
  const auto places = look_at_all(repository, choice);
  if (!places) return {{}, places.error()};
  if (const Status status = check_installable(repository, *places, choice.force); !status) {
    return {{}, status.error()};
  }
  if (const Status status = make_hooks_dir(repository); !status) return {{}, status.error()};
  for (const HookPlace& place : *places) {
    auto line = install_one(place, choice.binary);
    if (!line) {
      outcome.failure = line.error();
      return outcome;
    }
    outcome.done.push_back(std::move(*line));
  }
  return outcome;
}

HookOutcome uninstall_hooks(const git::Repository& repository, const HookChoice& choice) {
  HookOutcome outcome;
  HookChoice all = choice;
  if (all.hooks.empty()) all.hooks = known_hooks();
  const auto places = look_at_all(repository, all);
  if (!places) return {{}, places.error()};
  for (const HookPlace& place : *places) {
    if (choice.hooks.empty() && !place.is_own) continue;
    auto line = uninstall_one(place);
    if (!line) {
      outcome.failure = line.error();
      return outcome;
    }
    outcome.done.push_back(std::move(*line));
  }
  if (outcome.done.empty()) outcome.done.push_back("no hook of sluice's is here");
  return outcome;
}

Result<std::string> own_path() {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return fail(ErrorKind::io, "cannot tell where sluice itself is: " + error.message());
  return path.string();
}

}  // namespace sluice::app
