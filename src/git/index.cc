#include "git/index.h"

#include <unistd.h>

#include <cerrno>

#include "git/libgit2.h"
#include "git/repository.h"

namespace sluice::git {
namespace {

IndexEntry to_entry(const git_index_entry& raw) {
  IndexEntry entry;
  entry.path = raw.path;
  entry.mode = raw.mode;
  entry.id = from_libgit2(raw.id);
  entry.stage = git_index_entry_stage(&raw);
  entry.intent_to_add = (raw.flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0;
  entry.skip_worktree = (raw.flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE) != 0;
  entry.assume_unchanged = (raw.flags & 0x8000) != 0;  // gitformat-index, "assume-valid"
  return entry;
}

tl::unexpected<Error> index_failure(int code, const std::string& path) {
  auto failure = libgit2_failure(code, "cannot read the index", path);
  Error& error = failure.value();
  if (error.what.find("unsupported") != std::string::npos) {
    error.kind = ErrorKind::unsupported;
    error.remedy =
        "if it is split: git update-index --no-split-index; if it is sparse: git "
        "sparse-checkout reapply --no-sparse-index";
  } else if (::access(path.c_str(), R_OK) != 0 && errno == EACCES) {
    error.kind = ErrorKind::unreadable;
  }
  return failure;
}

}  // namespace

Result<Index> read_index(const Repository& repository) {
  git_index* raw = nullptr;
  int code = git_repository_index(&raw, repository.raw());
  if (code < 0) return index_failure(code, repository.git_dir() + "/index");
  const IndexHandle handle(raw);
  code = git_index_read(raw, 0);
  if (code < 0) return index_failure(code, git_index_path(raw));
  Index index;
  const std::size_t count = git_index_entrycount(raw);
  index.entries.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    index.entries.push_back(to_entry(*git_index_get_byindex(raw, i)));
    if (index.entries.back().stage > 0) index.has_conflicts = true;
  }
  return index;
}

}  // namespace sluice::git
