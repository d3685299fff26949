#include "deploy/check.h"

#include <algorithm>

#include "deploy/checks.h"
#include "source/item.h"

namespace sluice::deploy {
namespace {

constexpr std::size_t largest = 4u << 20;

bool is_yaml_kind(FileKind kind) {
  return kind != FileKind::dockerfile && kind != FileKind::terraform;
}

// Templates (`{{ .Values.x }}`) and the like are no YAML; the scan has looked at them as text, so
// they are no problem here.
std::optional<document::Node> read_yaml(const std::string& text, const std::string& path) {
  auto document = document::parse_yaml(text, path);
  if (!document) return std::nullopt;
  return std::move(document->root);
}

}  // namespace

void check_deployment(const policy::Tree& tree,
                      const std::function<bool(std::string_view)>& is_active, FindingSink& sink) {
  std::vector<const Check*> active;
  for (const Check& check : checks())
    if (is_active(check.id)) active.push_back(&check);
  for (const policy::TreeFile& entry : tree.files()) {
    const FileKind kind = kind_of(entry.path);
    const auto looks_at = [&](const Check* check) { return check->kind == kind; };
    if (kind == FileKind::none || !entry.is_regular() || entry.is_unmerged()) continue;
    if (std::none_of(active.begin(), active.end(), looks_at)) continue;
    auto text = tree.read(entry, largest);
    if (!text) {
      sink.add(source::to_problem(text.error()));
      continue;
    }
    File file{std::string(entry.path), entry.id.hex(), kind, {}, {}};
    if (is_yaml_kind(kind)) file.root = read_yaml(*text, file.path);
    file.lines = document::Lines(std::move(*text));
    for (const Check* check : active)
      if (looks_at(check) && (file.root || !is_yaml_kind(kind))) check->run(file, *check, sink);
  }
}

}  // namespace sluice::deploy
