#include "git/libgit2_repository.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "git/libgit2.h"
#include "git/loose_reader.h"

namespace sluice::git {

struct Libgit2Repository::Impl {
  RepositoryHandle repository;
  OdbHandle odb;
};

namespace {

Result<OdbHandle> open_odb(git_repository* repository, const RepositoryPlaces& places) {
  git_odb* raw = nullptr;
  int code = libgit2().odb_open(&raw, places.objects.c_str());
  OdbHandle odb(raw);
  if (code == 0) code = libgit2().repository_set_odb(repository, raw);
  if (code < 0) return libgit2_failure(code, "cannot open the object database", places.objects);
  std::vector<std::string> directories{places.objects};
  for (const std::string& path : places.alternates) {
    directories.push_back(path);
    code = libgit2().odb_add_disk_alternate(raw, path.c_str());
    if (code < 0) return libgit2_failure(code, "cannot open the object database", path);
  }
  SLUICE_TRY(add_loose_reader(raw, directories));
  return odb;
}

// An absent index is an empty one, but one that cannot be looked at must not pass for that.
Status set_index(git_repository* repository, const std::string& path) {
  if (::access(path.c_str(), R_OK) != 0 && errno != ENOENT)
    return fail(ErrorKind::unreadable, "the index cannot be read", path);
  git_index* raw = nullptr;
  int code = libgit2().index_open(&raw, path.c_str());
  if (code < 0) return {};  // a format that libgit2 does not know: who needs the index will say so
  const IndexHandle index(raw);
  code = libgit2().repository_set_index(repository, raw);
  if (code < 0) return libgit2_failure(code, "cannot use the index", path);
  return {};
}

}  // namespace

Libgit2Repository::Libgit2Repository(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Libgit2Repository::~Libgit2Repository() = default;

Result<std::unique_ptr<Libgit2Repository>> Libgit2Repository::open(const RepositoryPlaces& places) {
  SLUICE_TRY(load_libgit2());
  const unsigned flags = GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT;
  git_repository* raw = nullptr;
  const int code =
      libgit2().repository_open_ext(&raw, places.git_dir.c_str(), flags, nullptr);
  if (code < 0) return libgit2_failure(code, "cannot open the repository", places.git_dir);
  auto impl = std::make_unique<Impl>();
  impl->repository.reset(raw);
  SLUICE_TRY(set_index(raw, places.index));
  SLUICE_TRY_ASSIGN(impl->odb, open_odb(raw, places));
  return std::unique_ptr<Libgit2Repository>(new Libgit2Repository(std::move(impl)));
}

git_repository* Libgit2Repository::repository() const { return impl_->repository.get(); }
git_odb* Libgit2Repository::odb() const { return impl_->odb.get(); }

}  // namespace sluice::git
