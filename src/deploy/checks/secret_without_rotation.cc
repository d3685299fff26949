#include <fmt/format.h>

#include <algorithm>

#include "deploy/checks.h"
#include "deploy/declared_secret.h"
#include "policy/path.h"

namespace sluice::deploy {
namespace {

// A module is a folder, so a rotation may stand in another file of it.
bool is_rotated(const DeclaredSecret& secret, std::span<const File> files) {
  const std::string_view folder = policy::directory_of(secret.file->path);
  const std::string address = "aws_secretsmanager_secret." + secret.label;
  return std::any_of(files.begin(), files.end(), [&](const File& file) {
    if (file.kind != FileKind::terraform || policy::directory_of(file.path) != folder) return false;
    for (const HclBlock& block : read_hcl_blocks(file.lines.text())) {
      const std::string_view id = block.find("secret_id");
      if (block.head.starts_with("resource \"aws_secretsmanager_secret_rotation\"") &&
          id.starts_with(address) && (id.substr(address.size()).starts_with('.') ||
                                      id.substr(address.size()).starts_with('[')))
        return true;
    }
    return false;
  });
}

}  // namespace

void check_secret_without_rotation(std::span<const File> files, const Check& check,
                                   FindingSink& sink) {
  for (const DeclaredSecret& secret : declared_secrets(files)) {
    if (secret.is_elsewhere || is_rotated(secret, files)) continue;
    sink.add(finding_of(
        check, *secret.file,
        {{secret.line, 1},
         fmt::format("`{}` keeps its value until somebody thinks of it", secret.label),
         secret.label,
         {}}));
  }
}

}  // namespace sluice::deploy
