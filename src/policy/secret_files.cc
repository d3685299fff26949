#include "policy/secret_files.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "document/node.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

constexpr SecretFile streamlit{"Streamlit", true};
constexpr SecretFile dynaconf{"dynaconf", true};
constexpr SecretFile azure_functions{"Azure Functions", true};
constexpr SecretFile kedro_credentials{"Kedro", true};
constexpr SecretFile kedro_local{"Kedro", false};

// Of what says how such a file is to be made, and of what keeps an empty folder.
constexpr std::array<std::string_view, 8> harmless_words = {"example", "sample",  "template", "tmpl",
                                                            "dist",    "gitkeep", "gitignore", "readme"};

bool is_harmless(std::string_view name) {
  return std::any_of(harmless_words.begin(), harmless_words.end(),
                     [&](std::string_view word) { return base::contains_ignoring_case(name, word); });
}

// In the folder `conf` of a project of Kedro's, told by its `conf/base`.
const SecretFile* in_kedro_project(std::string_view path, std::string_view name, const Tree& tree) {
  const std::size_t at = path.starts_with("conf/") ? 0 : path.find("/conf/");
  if (at == std::string_view::npos) return nullptr;
  const std::size_t behind = path.find("conf/", at) + 5;
  if (!tree.has_directory(std::string(path.substr(0, behind)) + "base")) return nullptr;
  if (path.substr(behind).starts_with("local/")) return &kedro_local;
  const bool is_credentials = name.starts_with("credentials") && document::format_of(name).has_value();
  return is_credentials ? &kedro_credentials : nullptr;
}

const SecretFile* file_of(std::string_view path, const Tree& tree) {
  const std::string_view name = base_name(path);
  if (name == "secrets.toml") return base_name(directory_of(path)) == ".streamlit" ? &streamlit : nullptr;
  if (name == "local.settings.json") return &azure_functions;
  if (name.starts_with(".secrets.")) return document::format_of(name) ? &dynaconf : nullptr;
  return in_kedro_project(path, name, tree);
}

}  // namespace

const SecretFile* secret_file_of(std::string_view path, const Tree& tree) {
  const SecretFile* const file = file_of(path, tree);
  return file == nullptr || is_harmless(base_name(path)) ? nullptr : file;
}

}  // namespace sluice::policy
