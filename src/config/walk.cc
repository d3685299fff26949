#include "config/walk.h"

namespace sluice::config::internal {

const document::Node& empty_mapping() {
  static const document::Node node = [] {
    document::Node mapping;
    mapping.kind = document::Kind::mapping;
    return mapping;
  }();
  return node;
}

}  // namespace sluice::config::internal
