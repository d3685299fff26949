#include "finding/finding.h"

namespace sluice {

std::string_view to_string(OriginKind kind) {
  switch (kind) {
    case OriginKind::blob: return "blob";
    case OriginKind::file: return "file";
    case OriginKind::commit_message: return "commit-message";
    case OriginKind::tag_message: return "tag-message";
    case OriginKind::input: return "input";
    case OriginKind::tree: return "tree";
  }
  return "file";
}

std::optional<OriginKind> parse_origin_kind(std::string_view name) {
  for (const OriginKind kind : {OriginKind::blob, OriginKind::file, OriginKind::commit_message,
                                OriginKind::tag_message, OriginKind::input, OriginKind::tree}) {
    if (name == to_string(kind)) return kind;
  }
  return std::nullopt;
}

}  // namespace sluice
