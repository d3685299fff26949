#include "git/object.h"

#include <utility>

#include "git/repository.h"
#include "pack/object_lookup.h"
#include "pack/object_reader.h"

namespace sluice::git {
namespace {

// What cannot be found may be in a pack that could not be used.
tl::unexpected<Error> read_failure(const Repository& repository, const Oid& id, Error error) {
  if (error.kind == ErrorKind::not_found) {
    error.what = "the object is missing";
    error.remedy = remedy_for_absence(repository);
    const auto problems = repository.objects().problems();
    if (!problems.empty()) {
      error.kind = problems.front().kind == ErrorKind::not_found ? ErrorKind::not_found
                                                                 : ErrorKind::corrupt;
      error.what += ", and not all of the object database can be read: " + to_string(problems.front());
    }
  } else if (error.kind == ErrorKind::corrupt) {
    error.what = "cannot read the object: " + to_string(error);
    error.remedy = "`git fsck --full` checks the object database";
  }
  error.where = id.hex();
  return tl::unexpected<Error>(std::move(error));
}

// Git may have packed, meanwhile, what was loose when the packs were listed.
bool may_be_there_now(const Repository& repository, const Error& error) {
  return error.kind == ErrorKind::not_found && repository.objects().refresh();
}

}  // namespace

std::string remedy_for_absence(const Repository& repository) {
  if (repository.is_partial_clone())
    return "this is a partial clone: `git fetch --refetch --no-filter` brings what it left out";
  if (repository.is_shallow())
    return "this is a shallow clone: `git fetch --unshallow` brings what it left out";
  return "the repository is incomplete: `git fsck --full` lists what is missing";
}

Status require_kind(const Object& object, ObjectKind kind) {
  if (object.kind() == kind) return {};
  return fail(ErrorKind::corrupt,
              "a " + std::string(to_string(kind)) + " was expected, but the object is a " +
                  std::string(to_string(object.kind())),
              object.id().hex());
}

Result<Object> read_object(const Repository& repository, const Oid& id) {
  auto content = repository.reader()->read(id);
  if (!content && may_be_there_now(repository, content.error()))
    content = repository.reader()->read(id);
  if (!content) return read_failure(repository, id, std::move(content.error()));
  return Object(id, std::move(*content));
}

Result<Object> read_object(const Repository& repository, const Oid& id, ObjectKind kind) {
  SLUICE_TRY_ASSIGN(Object object, read_object(repository, id));
  SLUICE_TRY(require_kind(object, kind));
  return object;
}

Result<ObjectHeader> read_header(const Repository& repository, const Oid& id) {
  auto header = repository.reader()->header(id);
  if (!header && may_be_there_now(repository, header.error()))
    header = repository.reader()->header(id);
  if (!header) return read_failure(repository, id, std::move(header.error()));
  return *header;
}

bool has_object(const Repository& repository, const Oid& id) {
  if (repository.objects().contains(id)) return true;
  return repository.objects().refresh() && repository.objects().contains(id);
}

}  // namespace sluice::git
