#include "policy/env_places.h"

#include <algorithm>
#include <array>
#include <cstdint>
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

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

constexpr std::uint32_t bit_of(char letter) {
  return letter >= 'a' && letter <= 'z' ? std::uint32_t{1} << (letter - 'a') : 0;
}

// With which letters the exact names of each length start, and with which the globs start or end: most
// names of a tree are told apart by these without being looked at any further.
struct Letters {
  std::array<std::uint32_t, 32> of_length{};
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

constexpr Letters find_letters() {
  Letters made;
  for (const std::string_view name : exact_names) made.of_length[name.size()] |= bit_of(name[0]);
  for (const std::string_view glob : name_globs) {
    if (glob[0] == '*') {
      made.last |= bit_of(glob.back());
    } else {
      made.first |= bit_of(glob[0]);
    }
  }
  return made;
}

constexpr Letters letters = find_letters();

bool may_be_evidence(std::string_view name) {
  if (name.empty()) return false;
  const std::uint32_t first = bit_of(lower(name.front()));
  if ((letters.first & first) != 0 || (letters.last & bit_of(lower(name.back()))) != 0) return true;
  return name.size() < letters.of_length.size() && (letters.of_length[name.size()] & first) != 0;
}

bool is_evidence(std::string_view path) {
  if (!may_be_evidence(base_name(path))) return false;
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

std::vector<EnvFile> env_files(const Tree& tree, const EnvNames& names) {
  std::vector<EnvFile> found;
  tree.for_each_file(!names.all_say_env(), [&](const TreeFile& file) {
    const EnvKind kind = names.classify(file.path);
    if (kind != EnvKind::none) found.push_back({&file, kind});
  });
  return found;
}

std::vector<EnvPlace> env_places(const Tree& tree, const EnvNames& names) {
  return env_places(tree, names, env_files(tree, names));
}

std::vector<EnvPlace> env_places(const Tree& tree, const EnvNames& names,
                                 const std::vector<EnvFile>& files) {
  std::map<std::string, EnvPlace, std::less<>> places;
  if (!tree.files().empty()) place_at(places, "");
  const auto add_evidence = [&](const TreeFile& file) -> EnvPlace& {
    EnvPlace& place = place_at(places, directory_of(file.path));
    if (place.evidence.empty() || file.path < place.evidence) place.evidence = std::string(file.path);
    return place;
  };
  for (const TreeFile* const file : tree.notable_files())
    if (!file->is_submodule() && is_evidence(file->path)) add_evidence(*file);
  for (const EnvFile& named : files) {
    if (named.file->is_submodule()) continue;
    EnvPlace& place = add_evidence(*named.file);
    if (named.kind == EnvKind::template_file) add_name(place, names.name_from_template(named.file->path));
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
