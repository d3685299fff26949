#include "policy/untrack.h"

#include <fmt/format.h>

#include "policy/path.h"

namespace sluice::policy {

std::string how_to_untrack(const Subject& subject, const TreeFile& file) {
  std::string remedy = fmt::format("run {}", code("git rm --cached -- " + shell_quoted(file.path)));
  if (!subject.ignores.check(file.path).ignored) remedy += fmt::format(", add {} to .gitignore", code(base_name(file.path)));
  return remedy;
}

}  // namespace sluice::policy
