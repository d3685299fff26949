#pragma once

// libgit2 for the other files of this room only; nothing outside may include this header.

#include <git2.h>
#include <git2/sys/repository.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

/// Frees a libgit2 handle.
template <auto free_function>
struct Release {
  template <class T>
  void operator()(T* handle) const {
    free_function(handle);
  }
};

template <class T, auto free_function>
using Handle = std::unique_ptr<T, Release<free_function>>;

using ConfigHandle = Handle<git_config, git_config_free>;
using DiffHandle = Handle<git_diff, git_diff_free>;
using IndexHandle = Handle<git_index, git_index_free>;
using ObjectHandle = Handle<git_object, git_object_free>;
using OdbHandle = Handle<git_odb, git_odb_free>;
using PatchHandle = Handle<git_patch, git_patch_free>;
using RepositoryHandle = Handle<git_repository, git_repository_free>;
using TreeHandle = Handle<git_tree, git_tree_free>;

/// Prepares libgit2 for this process; the first call does it, every call waits for that.
void ensure_libgit2();

/// An Error from libgit2's return `code`: `what`, followed by libgit2's own message. To be called
/// at once, before another libgit2 call replaces the message.
tl::unexpected<Error> libgit2_failure(int code, const std::string& what, std::string where = {});

inline git_oid to_libgit2(const Oid& oid) {
  git_oid raw;
  git_oid_fromraw(&raw, oid.bytes.data());
  return raw;
}

inline Oid from_libgit2(const git_oid& raw) { return Oid::from_raw(raw.id); }

}  // namespace sluice::git
