#include "app/print_error.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/text.h"

namespace sluice::app {

void print_error(const Error& error) {
  const auto shown = [](const std::string& text) { return base::escape_for_terminal(text); };
  fmt::print(stderr, "sluice: {}{}{}\n", error.where.empty() ? "" : shown(error.where) + ": ",
             shown(error.what), error.remedy.empty() ? "" : "\n  → " + shown(error.remedy));
}

int print_errors(const std::vector<Error>& errors) {
  for (const Error& error : errors) print_error(error);
  return 2;
}

}  // namespace sluice::app
