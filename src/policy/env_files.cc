#include "policy/env_files.h"

#include <algorithm>
#include <array>

#include "base/glob.h"
#include "base/text.h"
#include "policy/notable_name.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

// What a part of a file name says when the file is a template; `vault` and `x` hold cipher text
// only.
constexpr std::array<std::string_view, 10> template_words = {
    "example", "sample", "template", "tmpl", "dist", "default", "defaults", "schema", "vault", "x"};

// The words that also stand before `.env` or behind a second part.
constexpr std::array<std::string_view, 5> common_words = {"example", "sample", "template", "tmpl",
                                                          "dist"};

std::vector<std::string> default_templates() {
  std::vector<std::string> globs;
  for (const std::string_view word : template_words) globs.push_back(".env." + std::string(word));
  for (const std::string_view view : common_words) {
    const std::string word(view);
    globs.push_back(".env." + word + ".*");
    globs.push_back("*.env.*." + word);
    globs.push_back("*?.env." + word);
    globs.push_back("env." + word);
    globs.push_back(word + ".env");
    globs.push_back(".env-" + word);
    globs.push_back(".env_" + word);
  }
  return globs;
}

// True when `glob` cannot match a path without the letters `env`.
bool says_env(const std::string& glob) {
  return base::contains_ignoring_case(glob, "env") &&
         glob.find_first_of("[\\") == std::string::npos;
}

bool matches_any(std::string_view path, const std::vector<std::string>& globs) {
  const std::string_view name = base_name(path);
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    const bool whole = glob.find('/') != std::string::npos;
    return base::wildmatch(glob, whole ? path : name, true);
  });
}

// A blank at the end is a slip of the hand: who opens the file means the name without it.
std::string_view without_blanks_at_end(std::string_view path) {
  return path.substr(0, path.find_last_not_of(' ') + 1);
}

bool is_template_word(std::string_view part) {
  const std::string word = base::to_lower(part);
  return std::find(template_words.begin(), template_words.end(), word) != template_words.end();
}

}  // namespace

EnvOptions::EnvOptions()
    : names{".env", ".env.*", ".env~"},
      templates(default_templates()) {}

EnvNames::EnvNames(const EnvOptions& options)
    : options_(options),
      all_say_env_(std::all_of(options.names.begin(), options.names.end(), says_env) &&
                   std::all_of(options.templates.begin(), options.templates.end(), says_env)) {}

EnvKind EnvNames::classify(std::string_view path) const {
  path = without_blanks_at_end(path);
  if (all_say_env_ && !mentions_env(path)) return EnvKind::none;
  if (matches_any(path, options_.templates)) return EnvKind::template_file;
  return matches_any(path, options_.names) ? EnvKind::env_file : EnvKind::none;
}

std::string EnvNames::name_from_template(std::string_view path) const {
  const std::string_view name = base_name(path);
  if (!base::to_lower(name).starts_with(".env.")) return ".env";
  std::string made = ".env";
  for (const std::string_view part : base::split(name.substr(5), '.'))
    if (!is_template_word(part)) made += "." + std::string(part);
  return classify(join(directory_of(path), made)) == EnvKind::env_file ? made : ".env";
}

}  // namespace sluice::policy
