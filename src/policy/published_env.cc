#include "policy/published_env.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/dotenv_line.h"
#include "policy/path.h"
#include "policy/placeholder.h"

namespace sluice::policy {
namespace {

constexpr std::array<std::string_view, 11> public_prefixes = {
    "VITE_",    "NEXT_PUBLIC_", "NUXT_PUBLIC_", "REACT_APP_", "VUE_APP_", "GATSBY_",
    "PUBLIC_",  "EXPO_PUBLIC_", "NG_APP_",      "STORYBOOK_", "PLASMO_PUBLIC_"};

bool is_public(std::string_view key) {
  return std::any_of(public_prefixes.begin(), public_prefixes.end(),
                     [&](std::string_view prefix) { return key.starts_with(prefix); });
}

bool is_harmless(const DotenvAssignment& assignment) {
  if (!url_password(assignment.value).empty()) return false;
  if (is_public(assignment.key)) return true;
  if (names_secret(assignment.key)) return is_placeholder(assignment.value);
  return !looks_real(assignment.value);
}

}  // namespace

bool may_be_published(std::string_view path) {
  const std::string_view name = base_name(path);
  return name.starts_with(".env.") && !base::contains_ignoring_case(name, "local");
}

bool is_published_env(std::string_view path, std::string_view text) {
  if (!may_be_published(path)) return false;
  bool has_public = false;
  for (const std::string_view line : base::split(text, '\n')) {
    const std::string_view trimmed = base::trim(line);
    if (trimmed.empty()) continue;
    const auto assignment = read_assignment(trimmed);
    if (!assignment && !trimmed.starts_with('#')) return false;
    if (!assignment) continue;
    if (!is_harmless(*assignment)) return false;
    has_public = has_public || (!assignment->commented && is_public(assignment->key));
  }
  return has_public;
}

}  // namespace sluice::policy
