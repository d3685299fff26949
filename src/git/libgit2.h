#pragma once

// libgit2 for the other files of this room only; nothing outside may include this header.
//
// It answers what is seldom asked: revisions in syntax of the rarer kinds, and the simple engine that the
// fast one is tested against. Loading it brings a dozen libraries in, and starting
// it starts TLS and reads every certificate of the machine, so it is loaded by name when first needed.

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>  // where libgit2 1.8 moved git_error_set_str
#endif

#include <memory>
#include <string>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

/// The functions that this room uses.
struct Libgit2 {
#define SLUICE_LIBGIT2_FUNCTIONS(X)                                                                \
  X(libgit2_init) X(libgit2_opts) X(error_last) X(error_set_str)                                   \
  X(repository_open_ext) X(repository_free) X(repository_set_odb) X(repository_set_index)          \
  X(odb_open) X(odb_free) X(odb_add_disk_alternate) X(odb_add_backend) X(odb_init_backend)         \
  X(odb_backend_data_alloc) X(odb_backend_data_free) X(odb_foreach)                                \
  X(odb_read) X(odb_object_type) X(odb_object_size) X(odb_object_data) X(odb_object_free)          \
  X(object_string2type) X(object_id) X(object_free) X(revparse_single) X(tree_lookup) X(tree_free) \
  X(index_open) X(index_free) X(diff_options_init) X(diff_tree_to_index)  \
  X(diff_num_deltas) X(diff_get_delta) X(diff_free)
#define SLUICE_LIBGIT2_MEMBER(name) decltype(&::git_##name) name = nullptr;
  SLUICE_LIBGIT2_FUNCTIONS(SLUICE_LIBGIT2_MEMBER)
#undef SLUICE_LIBGIT2_MEMBER
};

/// The functions, once load_libgit2() has succeeded.
const Libgit2& libgit2();

/// Loads libgit2 and prepares it for this process; the first call does it, every call waits for that.
/// Errors: unsupported (it is not installed).
Status load_libgit2();

/// Frees a libgit2 handle.
template <auto free_function>
struct Release {
  template <class T>
  void operator()(T* handle) const {
    (libgit2().*free_function)(handle);
  }
};

template <class T, auto free_function>
using Handle = std::unique_ptr<T, Release<free_function>>;

using DiffHandle = Handle<git_diff, &Libgit2::diff_free>;
using IndexHandle = Handle<git_index, &Libgit2::index_free>;
using ObjectHandle = Handle<git_object, &Libgit2::object_free>;
using OdbHandle = Handle<git_odb, &Libgit2::odb_free>;
using OdbObjectHandle = Handle<git_odb_object, &Libgit2::odb_object_free>;
using RepositoryHandle = Handle<git_repository, &Libgit2::repository_free>;
using TreeHandle = Handle<git_tree, &Libgit2::tree_free>;

/// An Error from libgit2's return `code`: `what`, followed by libgit2's own message. To be called
/// at once, before another libgit2 call replaces the message.
tl::unexpected<Error> libgit2_failure(int code, const std::string& what, std::string where = {});

/// `oid` must be a SHA-1.
inline git_oid to_libgit2(const Oid& oid) {
  git_oid raw{};
  std::memcpy(raw.id, oid.bytes.data(), 20);
  return raw;
}

inline Oid from_libgit2(const git_oid& raw) {
  return Oid::from_raw(HashAlgorithm::sha1, reinterpret_cast<const char*>(raw.id));
}

}  // namespace sluice::git
