#include "project/files.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sluice::project {
namespace {

constexpr std::array<std::string_view, 14> foreign_folders = {
    ".git",        "node_modules", "vendor", "third_party",   "site-packages", ".venv",
    "venv",        "__pycache__",  ".tox",   ".mypy_cache",   ".terraform",    "dist",
    "bower_components", ".next"};

constexpr std::array<std::string_view, 30> code_endings = {
    "py", "js",  "mjs", "cjs",   "ts",  "tsx", "jsx", "go", "rs",    "java",
    "kt", "scala", "rb", "php",  "cs",  "fs",  "swift", "r", "R",    "jl",
    "ex", "exs", "lua", "pl",    "cc",  "cpp", "vue", "svelte", "groovy", "ipynb"};

constexpr std::array<std::string_view, 21> deployment_endings = {
    "yml", "yaml", "sh",  "bash", "zsh", "ps1",    "mk",       "tf",      "tfvars", "hcl",    "toml",
    "json", "ini", "cfg", "env",  "bat", "gradle", "properties", "service", "nomad",  "justfile"};

constexpr std::array<std::string_view, 9> deployment_names = {
    "makefile", "gnumakefile", "justfile", "procfile", "jenkinsfile", "vagrantfile", "dockerfile",
    "containerfile", "tiltfile"};

constexpr std::array<std::string_view, 6> lock_files = {
    "package-lock.json", "pnpm-lock.yaml", "poetry.lock", "composer.lock", "cargo.lock", "uv.lock"};

constexpr std::array<std::string_view, 3> documentation_endings = {"md", "rst", "adoc"};

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_test(std::string_view path, std::string_view name) {
  for (const std::string_view part : base::split(path.substr(0, path.size() - name.size()), '/')) {
    if (part == "tests" || part == "test" || part == "__tests__" || part == "spec") return true;
  }
  return name.starts_with("test_") || name.starts_with("conftest.") ||
         name.find("_test.") != name.npos || name.find(".test.") != name.npos ||
         name.find(".spec.") != name.npos;
}

}  // namespace

bool is_foreign_folder(std::string_view name) { return contains(foreign_folders, name); }

FileRole role_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string name = base::to_lower(path.substr(slash == path.npos ? 0 : slash + 1));
  const std::size_t dot = name.rfind('.');
  const std::string_view ending =
      dot == std::string::npos ? std::string_view() : std::string_view(name).substr(dot + 1);
  const std::string_view stem = std::string_view(name).substr(0, name.find('.'));
  const bool is_deployment = contains(deployment_endings, ending) || contains(deployment_names, stem) ||
                             ending == "dockerfile" || name.starts_with(".env");
  const bool is_code = contains(code_endings, ending);
  if (!is_deployment && !is_code) {
    return contains(documentation_endings, ending) ? FileRole::documentation : FileRole::none;
  }
  if (contains(lock_files, name)) return FileRole::none;
  if (slash != path.npos) {
    for (const std::string_view part : base::split(path.substr(0, slash), '/')) {
      if (is_foreign_folder(part)) return FileRole::none;
    }
  }
  if (is_test(path, std::string_view(path).substr(slash == path.npos ? 0 : slash + 1))) return FileRole::test;
  return is_code ? FileRole::code : FileRole::deployment;
}

}  // namespace sluice::project
