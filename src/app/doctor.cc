#include "app/doctor.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include "app/hook_install.h"
#include "app/hook_place.h"
#include "app/hook_script.h"
#include "app/policy_location.h"
#include "app/version.h"
#include "base/file.h"
#include "base/text.h"
#include "git/commit_graph.h"

namespace sluice::app {
namespace {

Diagnosis healthy(std::string id, std::string what) {
  return {std::move(id), Health::healthy, std::move(what), {}};
}

Diagnosis sick(std::string id, std::string what, std::string remedy) {
  return {std::move(id), Health::sick, std::move(what), std::move(remedy)};
}

// What `binary --version` says, first line; empty when it cannot be run.
std::string version_of(const std::string& binary) {
  const std::string command = shell_word(binary) + " --version 2>/dev/null </dev/null";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             &::pclose);
  std::array<char, 200> line{};
  if (pipe == nullptr || std::fgets(line.data(), line.size(), pipe.get()) == nullptr) return {};
  return std::string(base::trim(line.data()));
}

// The program that an own hook would run: the one it names, else the one on PATH.
Diagnosis judge_binary(const std::string& id, const HookPlace& place) {
  const std::string active = fmt::format("{} runs '{}'", place.hook, hook_command(place.hook));
  const std::string named = binary_of(place.text).value_or("");
  const bool is_there = ::access(named.c_str(), X_OK) == 0;
  std::error_code ignored;
  const auto self = own_path();
  if (is_there && self && std::filesystem::equivalent(named, *self, ignored))
    return healthy(id, active);
  const std::string said = version_of(is_there ? named : "sluice");
  if (said.empty()) {
    return sick(id,
                fmt::format("{} names {}, which cannot be run, and PATH holds no sluice",
                            place.hook, named),
                "run: sluice install");
  }
  const std::string own = fmt::format("sluice {}", version);
  if (said == own) {
    return healthy(id,
                   is_there ? active : fmt::format("{}, from PATH, as {} is gone", active, named));
  }
  return sick(id, fmt::format("{} runs another version: {} (this is {})", place.hook, said, own),
              "run: sluice install");
}

// Whether the configuration of another hook manager, in the work tree, names sluice.
bool manager_names_sluice(const git::Repository& repository, const HookPlace& place) {
  std::vector<std::string> files;
  switch (place.manager) {
    case HookManager::pre_commit:
      files = {".pre-commit-config.yaml"};
      break;
    case HookManager::husky:
      files = {".husky/" + place.hook};
      break;
    case HookManager::lefthook:
      files = {"lefthook.yml", "lefthook.yaml", ".lefthook.yml", ".lefthook.yaml"};
      break;
    case HookManager::overcommit:
      files = {".overcommit.yml"};
      break;
    case HookManager::none:
      break;
  }
  for (const std::string& file : files) {
    const auto text = base::read_file(repository.work_tree() + "/" + file);
    if (text && text->find("sluice") != std::string::npos) return true;
  }
  return false;
}

// A hook written into the usual folder while Git looks elsewhere.
bool is_shadowed(const git::Repository& repository, const HookPlace& place) {
  const std::string usual = repository.common_dir() + "/hooks/" + place.hook;
  std::error_code ignored;
  if (usual == place.path || std::filesystem::equivalent(usual, place.path, ignored)) return false;
  const auto text = base::read_file(usual);
  return text && text->find("sluice") != std::string::npos;
}

Diagnosis judge_hook(const git::Repository& repository, const HookPlace& place) {
  const std::string id = "hook-" + place.hook;
  const bool names_sluice = place.text.find("sluice") != std::string::npos;
  if (!names_sluice && is_shadowed(repository, place)) {
    return sick(
        id,
        fmt::format("{} is shadowed: core.hooksPath makes Git look for {}", place.hook, place.path),
        "see where it is set: git config --show-origin core.hooksPath; then run: sluice install");
  }
  if (place.manager != HookManager::none && !place.is_own) {
    const std::string manager(to_string(place.manager));
    if (place.exists && place.is_executable &&
        (names_sluice || manager_names_sluice(repository, place))) {
      return healthy(id, fmt::format("{} runs sluice by way of {}", place.hook, manager));
    }
    return sick(id, fmt::format("{} looks after {}, and does not run sluice", manager, place.hook),
                advice_for(place.manager, place.hook));
  }
  if (!place.exists)
    return sick(id, fmt::format("{}: no hook ({})", place.hook, place.path), "run: sluice install");
  if (!names_sluice) {
    return sick(id,
                fmt::format("{} is there, but does not run sluice ({})", place.hook, place.path),
                "run: sluice install (it keeps the hook and calls it first)");
  }
  if (!place.is_executable) {
    return sick(id, fmt::format("{} is not executable, so Git ignores it", place.hook),
                "run: chmod +x " + shell_word(place.path));
  }
  if (!place.is_own)
    return healthy(id, fmt::format("{} names sluice ({})", place.hook, place.path));
  return judge_binary(id, place);
}

Diagnosis judge_policy(const git::Repository& repository,
                       const std::optional<std::string>& policy_file) {
  const std::string directory =
      repository.is_bare() ? repository.git_dir() : repository.work_tree();
  const std::string where = policy_location(policy_file, &repository, directory);
  const auto policy = load_policy(policy_file, &repository, directory);
  if (policy) return healthy("policy", "policy file: " + where);
  const Error& first = policy.error().front();
  return sick("policy",
              fmt::format("policy file: {} cannot be used: {}: {}", where, first.where, first.what),
              first.remedy.empty() ? "correct the file" : first.remedy);
}

void judge_history(const git::Repository& repository, std::vector<Diagnosis>& list) {
  if (repository.is_shallow()) {
    list.push_back(sick("shallow",
                        "the clone is shallow: what lies beyond its end cannot be judged",
                        "run: git fetch --unshallow"));
  }
  if (repository.is_partial_clone()) {
    list.push_back(sick("partial", "the clone is partial: files of the past may be missing",
                        "run: git fetch --refetch --no-filter"));
  }
  if (!repository.is_shallow() && !repository.is_partial_clone()) {
    list.push_back(healthy("history", "history: complete clone"));
  }
}

// One that cannot be used costs time, and nothing else.
void judge_commit_graph(const git::Repository& repository, std::vector<Diagnosis>& list) {
  const auto graph = git::open_commit_graph(repository);
  if (graph) return;
  const Error& error = graph.error();
  list.push_back({"commit-graph", Health::advice,
                  fmt::format("{}, so it is not used: {}", error.what, error.where),
                  error.remedy.empty() ? "run: git commit-graph write --reachable" : error.remedy});
}

}  // namespace

Result<std::vector<Diagnosis>> diagnose(const git::Repository& repository,
                                        const std::optional<std::string>& policy_file) {
  std::vector<Diagnosis> list;
  list.push_back(healthy("repository", repository.is_bare()
                                           ? "bare repository: " + repository.git_dir()
                                           : "repository: " + repository.work_tree()));
  judge_history(repository, list);
  judge_commit_graph(repository, list);
  list.push_back(judge_policy(repository, policy_file));
  SLUICE_TRY_ASSIGN(const auto hooks, chosen_hooks(repository, {}));
  for (const std::string& hook : hooks) {
    SLUICE_TRY_ASSIGN(const HookPlace place, look_at_hook(repository, hook));
    list.push_back(judge_hook(repository, place));
  }
  return list;
}

}  // namespace sluice::app
