#include "secrets/openssl_memory.h"

#include <dlfcn.h>
#include <malloc.h>
#include <string.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace sluice::secrets {
namespace {

// OpenSSL's forms take the caller's file and line, too.
void* ssl_malloc(std::size_t size, const char*, int) { return std::malloc(size); }
void* ssl_realloc(void* at, std::size_t size, const char*, int) { return wiping_realloc(at, size); }
void ssl_free(void* at, const char*, int) { wiping_free(at); }

}  // namespace

void wiping_free(void* at) {
  if (at == nullptr) return;
  ::explicit_bzero(at, ::malloc_usable_size(at));
  std::free(at);
}

void* wiping_realloc(void* at, std::size_t size) {
  if (at == nullptr) return std::malloc(size);
  if (size == 0) {
    wiping_free(at);
    return nullptr;
  }
  void* const larger = std::malloc(size);
  if (larger == nullptr) return nullptr;
  std::memcpy(larger, at, std::min(size, ::malloc_usable_size(at)));
  wiping_free(at);
  return larger;
}

void wipe_openssl_memory(void* library) {
  using SetMemory =
      int (*)(void* (*)(std::size_t, const char*, int),
              void* (*)(void*, std::size_t, const char*, int), void (*)(void*, const char*, int));
  const auto set = reinterpret_cast<SetMemory>(::dlsym(library, "CRYPTO_set_mem_functions"));
  if (set != nullptr) (void)set(ssl_malloc, ssl_realloc, ssl_free);
}

}  // namespace sluice::secrets
