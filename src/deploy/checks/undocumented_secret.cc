#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "deploy/checks.h"
#include "deploy/workflow.h"

namespace sluice::deploy {
namespace {

bool is_documented(std::string_view name, std::span<const File> files) {
  return std::any_of(files.begin(), files.end(), [&](const File& file) {
    return file.kind == FileKind::prose && file.lines.text().find(name) != std::string::npos;
  });
}

}  // namespace

// Where the documents were not looked at, there is nothing to say.
void check_undocumented_secret(std::span<const File> files, const Check& check, FindingSink& sink) {
  if (std::none_of(files.begin(), files.end(),
                   [](const File& file) { return file.kind == FileKind::prose; }))
    return;
  std::set<std::string> seen;
  for (const File& file : files) {
    if (file.kind != FileKind::workflow) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      for (const SecretUse& use : secret_uses(file.lines[i])) {
        if (!seen.insert(use.name).second || is_documented(use.name, files)) continue;
        sink.add(finding_of(
            check, file,
            {{static_cast<std::uint32_t>(i + 1), static_cast<std::uint32_t>(use.offset + 1)},
             fmt::format("no document names `{}`, so nobody can set it up anew", use.name),
             use.name,
             {}}));
      }
    }
  }
}

}  // namespace sluice::deploy
