#include "git/object.h"

#include <unordered_set>
#include <utility>

#include "git/libgit2.h"
#include "git/repository.h"

namespace sluice::git {
namespace {

ObjectKind kind_of_type(git_object_t type) {
  switch (type) {
    case GIT_OBJECT_COMMIT:
      return ObjectKind::commit;
    case GIT_OBJECT_TREE:
      return ObjectKind::tree;
    case GIT_OBJECT_TAG:
      return ObjectKind::tag;
    default:
      return ObjectKind::blob;
  }
}

std::string remedy_for_absence(const Repository& repository) {
  if (repository.is_partial_clone())
    return "this is a partial clone: `git fetch --refetch --no-filter` brings what it left out";
  if (repository.is_shallow())
    return "this is a shallow clone: `git fetch --unshallow` brings what it left out";
  return "the repository is incomplete: `git fsck --full` lists what is missing";
}

tl::unexpected<Error> read_failure(const Repository& repository, const Oid& id, int code) {
  auto failure = libgit2_failure(code, "cannot read the object", id.hex());
  Error& error = failure.value();
  if (error.kind == ErrorKind::not_found) {
    error.what = "the object is missing";
    error.remedy = remedy_for_absence(repository);
  } else if (error.kind == ErrorKind::corrupt) {
    error.remedy = "`git fsck --full` checks the object database";
  }
  return failure;
}

struct Visit {
  const std::function<bool(const Oid&)>& visit;
  std::unordered_set<Oid> seen;
};

constexpr int stop_early = 1;  // a positive value ends git_odb_foreach and is returned as it is

int on_object(const git_oid* raw, void* payload) {
  auto& state = *static_cast<Visit*>(payload);
  const Oid id = from_libgit2(*raw);
  if (!state.seen.insert(id).second) return 0;
  return state.visit(id) ? 0 : stop_early;
}

}  // namespace

std::string_view to_string(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::commit:
      return "commit";
    case ObjectKind::tree:
      return "tree";
    case ObjectKind::blob:
      return "blob";
    case ObjectKind::tag:
      return "tag";
  }
  return "blob";
}

Object::Object(const Oid& id, git_odb_object* owned)
    : id_(id), kind_(kind_of_type(git_odb_object_type(owned))), handle_(owned) {}

Object::Object(Object&& other) noexcept
    : id_(other.id_), kind_(other.kind_), handle_(std::exchange(other.handle_, nullptr)) {}

Object& Object::operator=(Object&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(kind_, other.kind_);
  std::swap(handle_, other.handle_);
  return *this;
}

Object::~Object() { git_odb_object_free(handle_); }

std::string_view Object::bytes() const {
  return {static_cast<const char*>(git_odb_object_data(handle_)), git_odb_object_size(handle_)};
}

Result<Object> read_object(const Repository& repository, const Oid& id) {
  const git_oid raw = to_libgit2(id);
  git_odb_object* object = nullptr;
  const int code = git_odb_read(&object, repository.odb(), &raw);
  if (code < 0) return read_failure(repository, id, code);
  return Object(id, object);
}

Result<Object> read_object(const Repository& repository, const Oid& id, ObjectKind kind) {
  SLUICE_TRY_ASSIGN(Object object, read_object(repository, id));
  if (object.kind() != kind) {
    return fail(ErrorKind::corrupt,
                "a " + std::string(to_string(kind)) + " was expected, but the object is a " +
                    std::string(to_string(object.kind())),
                id.hex());
  }
  return object;
}

Result<ObjectHeader> read_header(const Repository& repository, const Oid& id) {
  const git_oid raw = to_libgit2(id);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  const int code = git_odb_read_header(&size, &type, repository.odb(), &raw);
  if (code < 0) return read_failure(repository, id, code);
  return ObjectHeader{kind_of_type(type), size};
}

bool has_object(const Repository& repository, const Oid& id) {
  const git_oid raw = to_libgit2(id);
  return git_odb_exists(repository.odb(), &raw) == 1;
}

Result<std::vector<Oid>> all_objects(const Repository& repository) {
  std::vector<Oid> objects;
  SLUICE_TRY(for_each_object(repository, [&](const Oid& id) {
    objects.push_back(id);
    return true;
  }));
  return objects;
}

Status for_each_object(const Repository& repository, const std::function<bool(const Oid&)>& visit) {
  Visit state{visit, {}};
  const int code = git_odb_foreach(repository.odb(), on_object, &state);
  if (code < 0)
    return libgit2_failure(code, "cannot list the object database", repository.common_dir());
  return {};
}

}  // namespace sluice::git
