#pragma once

#include <cstddef>

namespace sluice::secrets {

/// free and realloc that overwrite what they give back, for libraries that hold secrets.
void wiping_free(void* at);
void* wiping_realloc(void* at, std::size_t size);

/// Makes OpenSSL, which `library` (a handle of dlopen) is or needs, overwrite what it frees. Takes
/// effect only before OpenSSL has allocated anything, so call it as soon as it is loaded.
void wipe_openssl_memory(void* library);

}  // namespace sluice::secrets
