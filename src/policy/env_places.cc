#include "policy/env_places.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/glob.h"
#include "base/text.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

// Where one of these lies, a program is built or started, and reads its `.env`.
constexpr std::array<std::string_view, 26> exact_names = {
    "dockerfile",      "containerfile", "procfile",         "pyproject.toml",   "setup.py",
    "setup.cfg",       "pipfile",       "environment.yml",  "environment.yaml", "package.json",
    "deno.json",       "go.mod",        "cargo.toml",       "gemfile",          "composer.json",
    "pom.xml",         "build.gradle",  "build.gradle.kts", "mix.exs",          "serverless.yml",
    "serverless.yaml", "build.sbt",     "pubspec.yaml",     "package.swift",    "fly.toml",
    "mlproject",
};

constexpr std::array<std::string_view, 9> name_globs = {
    "dockerfile.*",         "*.dockerfile", "docker-compose*.yml",
    "docker-compose*.yaml", "compose*.yml", "compose*.yaml",
    "requirements*.txt",    "*.csproj",     "requirements*.in",
};

bool is_evidence(std::string_view path) {
  const std::string name = base::to_lower(base_name(path));
  if (std::find(exact_names.begin(), exact_names.end(), name) != exact_names.end()) return true;
  return std::any_of(name_globs.begin(), name_globs.end(),
                     [&](std::string_view glob) { return base::wildmatch(glob, name); });
}

void add_name(EnvPlace& place, std::string name) {
  if (std::find(place.names.begin(), place.names.end(), name) == place.names.end())
    place.names.push_back(std::move(name));
}

EnvPlace& place_at(std::map<std::string, EnvPlace, std::less<>>& places,
                   std::string_view directory) {
  const auto found = places.find(directory);
  if (found != places.end()) return found->second;
  EnvPlace place{std::string(directory), {}, {".env"}};
  return places.emplace(place.directory, std::move(place)).first->second;
}

}  // namespace

std::vector<EnvPlace> env_places(const Tree& tree, const EnvNames& names) {
  std::map<std::string, EnvPlace, std::less<>> places;
  if (!tree.files().empty()) place_at(places, "");
  for (const TreeFile& file : tree.files()) {
    if (file.is_submodule()) continue;
    const EnvKind kind = names.classify(file.path);
    if (kind == EnvKind::none && !is_evidence(file.path)) continue;
    EnvPlace& place = place_at(places, directory_of(file.path));
    if (place.evidence.empty()) place.evidence = file.path;
    if (kind == EnvKind::template_file) add_name(place, names.name_from_template(file.path));
  }
  std::vector<EnvPlace> list;
  for (auto& entry : places) {
    EnvPlace& place = entry.second;
    std::erase_if(place.names, [&](const std::string& name) {
      return tree.has_directory(join(place.directory, name));
    });
    if (!place.names.empty()) list.push_back(std::move(place));
  }
  return list;
}

}  // namespace sluice::policy
