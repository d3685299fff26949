#pragma once

#include <cstdint>
#include <cstring>

#include "pack/buffer.h"
#include "pack/object_id.h"

namespace sluice::pack {

/// An object's kind and content. Move-only.
struct ObjectContent {
  ObjectKind kind = ObjectKind::blob;
  Buffer bytes;
};

/// What can be said of an object without its content.
struct ObjectHeader {
  ObjectKind kind = ObjectKind::blob;
  std::uint64_t size = 0;  ///< bytes of the content
};

inline ObjectContent copy_of(const ObjectContent& content) {
  ObjectContent copy{content.kind, {}};
  copy.bytes.reset(content.bytes.size());
  if (copy.bytes.size() != 0)
    std::memcpy(copy.bytes.data(), content.bytes.view().data(), copy.bytes.size());
  return copy;
}

}  // namespace sluice::pack
