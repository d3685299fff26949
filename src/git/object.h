#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

struct git_odb_object;

namespace sluice::git {

class Repository;

enum class ObjectKind { commit, tree, blob, tag };

/// "commit", "tree", "blob" or "tag".
std::string_view to_string(ObjectKind kind);

struct ObjectHeader {
  ObjectKind kind = ObjectKind::blob;
  std::uint64_t size = 0;  ///< bytes, inflated
};

/// One object's bytes; move-only. It may outlive the Repository that it came from.
class Object {
 public:
  Object(const Oid& id, git_odb_object* owned);
  Object(Object&& other) noexcept;
  Object& operator=(Object&& other) noexcept;
  ~Object();

  const Oid& id() const { return id_; }
  ObjectKind kind() const { return kind_; }
  /// Valid as long as this Object.
  std::string_view bytes() const;

 private:
  Oid id_;
  ObjectKind kind_;
  git_odb_object* handle_;
};

/// The object named `id`, its content proven against its name.
/// Errors: not_found (absent; the remedy says how to fetch it in a partial or shallow clone),
/// corrupt (unreadable bytes, or content that does not match the name).
Result<Object> read_object(const Repository& repository, const Oid& id);

/// As read_object, and an Error (corrupt) when the object is not a `kind`.
Result<Object> read_object(const Repository& repository, const Oid& id, ObjectKind kind);

/// Kind and size without the content; the name is not proven. Errors: as read_object.
Result<ObjectHeader> read_header(const Repository& repository, const Oid& id);

/// True when the object database (alternates included) lists `id`.
bool has_object(const Repository& repository, const Oid& id);

/// Every object in the database, reachable or not, each once: loose, packs (in the order of their
/// bytes within a pack) and alternates. Errors: corrupt (pack index), io.
Result<std::vector<Oid>> all_objects(const Repository& repository);

/// Calls `visit` for every object as above, without keeping a list of the order; `visit` returns
/// false to stop early, which is not an error.
Status for_each_object(const Repository& repository, const std::function<bool(const Oid&)>& visit);

}  // namespace sluice::git
