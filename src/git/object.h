#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "git/oid.h"
#include "pack/object_content.h"

namespace sluice::git {

class Repository;

using ObjectKind = pack::ObjectKind;
using ObjectHeader = pack::ObjectHeader;
using pack::to_string;

/// One object's bytes; move-only. It may outlive the Repository that it came from.
class Object {
 public:
  Object(const Oid& id, pack::ObjectContent content) : id_(id), content_(std::move(content)) {}

  const Oid& id() const { return id_; }
  ObjectKind kind() const { return content_.kind; }
  /// Valid as long as this Object, wherever it is moved.
  std::string_view bytes() const { return content_.bytes.view(); }

 private:
  Oid id_;
  pack::ObjectContent content_;
};

/// The object named `id`, its content proven against its name. Replacement refs are not followed: what
/// is asked for is what the history holds.
/// Errors: not_found (absent; the remedy says how to fetch it in a partial or shallow clone),
/// corrupt (unreadable bytes, or content that does not match the name), limit_exceeded (over 2 GiB).
Result<Object> read_object(const Repository& repository, const Oid& id);

/// As read_object, and an Error (corrupt) when the object is not a `kind`.
Result<Object> read_object(const Repository& repository, const Oid& id, ObjectKind kind);

/// Kind and size without the content; neither is proven. Errors: as read_object.
Result<ObjectHeader> read_header(const Repository& repository, const Oid& id);

/// True when the object database (alternates included) lists `id`.
bool has_object(const Repository& repository, const Oid& id);

/// How to get what a repository lacks.
std::string remedy_for_absence(const Repository& repository);

/// An Error (corrupt) that `object` is not a `kind`, or nothing.
Status require_kind(const Object& object, ObjectKind kind);

}  // namespace sluice::git
