#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/inflate.h"
#include "pack/object_content.h"
#include "pack/object_id.h"

namespace sluice::pack {

/// Reads a loose object's file (`file`: a zlib stream of "<kind> <size>", a zero byte and the
/// content) of at most `limit` bytes of content.
/// Errors: corrupt (damaged, a header that Git would not write, a size that lies), limit_exceeded.
Result<ObjectContent> parse_loose(std::string_view file, std::uint64_t limit, Inflater& inflater);

/// Kind and size that the header of a loose object's file promises; nothing proves them.
/// Errors: corrupt.
Result<ObjectHeader> peek_loose(std::string_view file, Inflater& inflater);

/// Where the loose object `id` is in object directory `directory`, or would be.
std::string loose_path(const std::string& directory, const ObjectId& id);

/// As parse_loose, for object `id` of object directory `directory`; its content is proven against
/// its name. Errors: as WholeFile::open and parse_loose; corrupt (another object's content).
Result<ObjectContent> read_loose(const std::string& directory, const ObjectId& id,
                                 std::uint64_t limit, Inflater& inflater);

/// The kind that the header of loose object `id` in object directory `directory` names; nothing when
/// it cannot be read. Proves nothing of its content.
std::optional<ObjectKind> loose_kind(const std::string& directory, const ObjectId& id,
                                     Inflater& inflater);

/// The loose objects in object directory `directory`, in no order. Files of other names (Git leaves
/// temporary ones when it is killed) are passed over, as Git does. Errors: unreadable, io.
Result<std::vector<ObjectId>> list_loose(const std::string& directory, HashAlgorithm algorithm);

}  // namespace sluice::pack
