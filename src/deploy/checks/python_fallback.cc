#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "deploy/checks.h"
#include "deploy/python.h"
#include "policy/placeholder.h"

namespace sluice::deploy {
namespace {

constexpr std::array<std::string_view, 3> lookups = {"getenv", "environ.get", "environ.setdefault"};

}  // namespace

void check_python_fallback(const File& file, const Check& check, FindingSink& sink) {
  for (const PythonCall& call : read_python_calls(file.lines.text(), lookups)) {
    const PythonArgument* const key = call.literal("key", 0);
    const PythonArgument* const fallback = call.literal("default", 1);
    if (key == nullptr || fallback == nullptr || fallback->text.empty()) continue;
    if (!policy::names_secret(key->text)) continue;
    sink.add(finding_of(
        check, file,
        {fallback->at,
         fmt::format("without `{}` the program goes on with a value that everybody knows",
                     base::escape_for_terminal(key->text.substr(0, 80))),
         key->text, fallback->text}));
  }
}

}  // namespace sluice::deploy
