#include "config/environment.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sluice::config {
namespace {

struct Spelling {
  std::string_view written;
  std::string_view meant;
};

constexpr std::array<Spelling, 15> known_spellings = {{{"development", "dev"},
                                                 {"develop", "dev"},
                                                 {"devel", "dev"},
                                                 {"production", "prod"},
                                                 {"prd", "prod"},
                                                 {"live", "prod"},
                                                 {"stage", "staging"},
                                                 {"stg", "staging"},
                                                 {"preprod", "staging"},
                                                 {"pre-prod", "staging"},
                                                 {"testing", "test"},
                                                 {"tst", "test"},
                                                 {"qa", "test"},
                                                 {"localhost", "local"},
                                                 {"sbx", "sandbox"}}};

// Spellings that are as often an environment of their own.
constexpr std::array<std::string_view, 4> ambiguous_spellings = {"live", "preprod", "pre-prod", "qa"};

constexpr std::array<std::string_view, 14> others = {
    "dev",     "prod",   "staging", "test", "local",   "ci",      "uat",
    "preview", "sandbox", "demo",   "int",  "integration", "canary", "nonprod"};

}  // namespace

std::string canonical_environment(std::string_view environment) {
  const std::string lower = base::to_lower(environment);
  for (const Spelling& row : known_spellings) {
    if (row.written == lower) return std::string(row.meant);
  }
  return lower;
}

bool is_same_environment(std::string_view a, std::string_view b) {
  if (base::equals_ignoring_case(a, b)) return true;
  for (const std::string_view word : ambiguous_spellings) {
    if (base::equals_ignoring_case(a, word) || base::equals_ignoring_case(b, word)) return false;
  }
  return canonical_environment(a) == canonical_environment(b);
}

std::vector<std::string> spellings(std::string_view environment) {
  const std::string meant = canonical_environment(environment);
  std::vector<std::string> all = {meant};
  for (const Spelling& row : known_spellings) {
    if (row.meant == meant) all.emplace_back(row.written);
  }
  return all;
}

bool is_usual_environment(std::string_view name) {
  std::string lower = base::to_lower(name);
  const auto is_usual = [](std::string_view word) {
    const std::string canonical = canonical_environment(word);
    return canonical != word || std::find(others.begin(), others.end(), word) != others.end();
  };
  if (is_usual(lower)) return true;
  // `prod-eu`, `us_east.staging`: one word of several.
  std::replace_if(
      lower.begin(), lower.end(), [](char c) { return c == '_' || c == '.'; }, '-');
  for (const std::string_view word : base::split(lower, '-')) {
    if (word != "test" && word != "int" && is_usual(word)) return true;
  }
  return false;
}

}  // namespace sluice::config
