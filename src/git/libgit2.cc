#include "git/libgit2.h"

#include <dlfcn.h>

#ifdef __SANITIZE_ADDRESS__
// libgit2 1.5 leaks what PCRE2 gave it when it checks the extensions of a repository.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libpcre2-8.so\n"; }
extern "C" const char* __lsan_default_options();
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
#endif

namespace sluice::git {
namespace {

// Of the very version whose headers this was built with.
constexpr const char* library = "libgit2.so." LIBGIT2_SOVERSION;

struct Loaded {
  Libgit2 functions;
  std::string fault;  // empty when it was loaded
};

bool look_up_all(void* handle, Libgit2& functions) {
  bool complete = true;
  const auto look_up = [&](const char* name) {
    void* const address = ::dlsym(handle, name);
    complete = complete && address != nullptr;
    return address;
  };
#define SLUICE_LIBGIT2_LOOK_UP(name) \
  functions.name = reinterpret_cast<decltype(functions.name)>(look_up("git_" #name));
  SLUICE_LIBGIT2_FUNCTIONS(SLUICE_LIBGIT2_LOOK_UP)
#undef SLUICE_LIBGIT2_LOOK_UP
  return complete;
}

void prepare(const Libgit2& functions) {
  functions.libgit2_init();  // never shut down: handles may live until the process ends
  // This room has looked at the owner and the extensions itself.
  functions.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  static const char* extensions[] = {"partialclone", "preciousobjects", "worktreeconfig",
                                     "relativeworktrees"};
  functions.libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, std::size(extensions));
  functions.libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
  functions.libgit2_opts(GIT_OPT_DISABLE_PACK_KEEP_FILE_CHECKS, 1);
}

Loaded load() {
  Loaded loaded;
  void* const handle = ::dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr || !look_up_all(handle, loaded.functions)) {
    const char* const why = ::dlerror();
    loaded.fault = why != nullptr ? why : library;
    return loaded;
  }
  prepare(loaded.functions);
  return loaded;
}

const Loaded& loaded_library() {
  static const Loaded loaded = load();
  return loaded;
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

const Libgit2& libgit2() { return loaded_library().functions; }

Status load_libgit2() {
  const std::string& fault = loaded_library().fault;
  if (fault.empty()) return {};
  return fail(ErrorKind::unsupported, "this needs libgit2, which cannot be loaded: " + fault, library,
              "install the libgit2 package of your distribution");
}

tl::unexpected<Error> libgit2_failure(int code, const std::string& what, std::string where) {
  const git_error* last = libgit2().error_last();
  const bool has_message = last != nullptr && last->message != nullptr;
  std::string text = has_message ? what + ": " + last->message : what;
  return fail(kind_of(code, has_message ? last->klass : GIT_ERROR_NONE), std::move(text),
              std::move(where));
}

}  // namespace sluice::git
