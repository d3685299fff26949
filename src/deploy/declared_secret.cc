#include "deploy/declared_secret.h"

#include "base/text.h"

namespace sluice::deploy {
namespace {

constexpr std::string_view declaration = "resource \"aws_secretsmanager_secret\" \"";
constexpr std::string_view lookup = "data \"aws_secretsmanager_secret\" \"";

// What is between the quotes; empty for any other expression.
std::string_view quoted(std::string_view expression) {
  if (expression.size() < 2 || expression.front() != '"') return {};
  const std::size_t end = expression.find('"', 1);
  return end == expression.npos ? std::string_view() : expression.substr(1, end - 1);
}

std::string name_of(const HclBlock& block) {
  if (const std::string_view name = quoted(block.find("name")); !name.empty())
    return std::string(name);
  const std::string_view prefix = quoted(block.find("name_prefix"));
  return prefix.empty() ? std::string() : std::string(prefix) + "${}";
}

}  // namespace

std::vector<DeclaredSecret> declared_secrets(std::span<const File> files) {
  std::vector<DeclaredSecret> found;
  for (const File& file : files) {
    if (file.kind != FileKind::terraform) continue;
    for (const HclBlock& block : read_hcl_blocks(file.lines.text())) {
      const bool is_elsewhere = block.head.starts_with(lookup);
      if (!is_elsewhere && !block.head.starts_with(declaration)) continue;
      const std::string_view behind =
          std::string_view(block.head).substr(is_elsewhere ? lookup.size() : declaration.size());
      found.push_back({&file, block.line, std::string(behind.substr(0, behind.find('"'))),
                       name_of(block), is_elsewhere});
    }
  }
  return found;
}

bool may_be_named(std::string_view declared, std::string_view name) {
  bool is_anchored = true;
  for (;;) {
    const std::size_t open = declared.find("${");
    const std::string_view piece = declared.substr(0, open);
    if (open == declared.npos) return is_anchored ? name == piece : name.ends_with(piece);
    const std::size_t at = is_anchored ? (name.starts_with(piece) ? 0 : name.npos) : name.find(piece);
    if (at == name.npos) return false;
    name.remove_prefix(at + piece.size());
    const std::size_t close = declared.find('}', open);
    if (close == declared.npos) return true;
    declared.remove_prefix(close + 1);
    is_anchored = false;
  }
}

}  // namespace sluice::deploy
