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

}  // namespace sluice
