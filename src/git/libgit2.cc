#include "git/libgit2.h"

#ifdef __SANITIZE_ADDRESS__
// libgit2 1.5 leaks what PCRE2 gave it when it checks the extensions of a repository.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libpcre2-8.so\n"; }
extern "C" const char* __lsan_default_options();
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
#endif

namespace sluice::git {
namespace {

bool initialise() {
  git_libgit2_init();  // never shut down: handles may live until the process ends
  // What `clone --filter`, `sparse-checkout` and their like write; none of it changes how objects,
  // refs or the index are read here. objectformat is libgit2's own to judge.
  static const char* extensions[] = {"partialclone", "preciousobjects", "worktreeconfig",
                                     "relativeworktrees"};
  git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, std::size(extensions));
  git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
  git_libgit2_opts(GIT_OPT_DISABLE_PACK_KEEP_FILE_CHECKS, 1);
  return true;
}

ErrorKind kind_of(int code, int error_class) {
  switch (code) {
    case GIT_ENOTFOUND:
    case GIT_EUNBORNBRANCH:
      return ErrorKind::not_found;
    case GIT_EAMBIGUOUS:
    case GIT_EINVALIDSPEC:
    case GIT_EPEEL:
    case GIT_EINVALID:
      return ErrorKind::invalid_input;
    case GIT_EOWNER:
      return ErrorKind::refused;
    default:
      break;
  }
  if (error_class == GIT_ERROR_OS || error_class == GIT_ERROR_NOMEMORY) return ErrorKind::io;
  return ErrorKind::corrupt;
}

}  // namespace

void ensure_libgit2() {
  static const bool done = initialise();
  static_cast<void>(done);
}

tl::unexpected<Error> libgit2_failure(int code, const std::string& what, std::string where) {
  const git_error* last = git_error_last();
  const bool has_message = last != nullptr && last->message != nullptr;
  std::string text = has_message ? what + ": " + last->message : what;
  return fail(kind_of(code, has_message ? last->klass : GIT_ERROR_NONE), std::move(text),
              std::move(where));
}

}  // namespace sluice::git
