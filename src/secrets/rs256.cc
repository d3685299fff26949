#include "secrets/rs256.h"

#include <dlfcn.h>

#include <memory>

#include "secrets/base64.h"
#include "secrets/openssl_memory.h"

namespace sluice::secrets {
namespace {

// Those of OpenSSL 3's functions that are needed; its types stay opaque.
struct OpenSsl {
  void* (*BIO_new_mem_buf)(const void*, int) = nullptr;
  int (*BIO_free)(void*) = nullptr;
  void* (*PEM_read_bio_PrivateKey)(void*, void**, int (*)(char*, int, int, void*), void*) = nullptr;
  void (*EVP_PKEY_free)(void*) = nullptr;
  int (*EVP_PKEY_get_base_id)(const void*) = nullptr;
  void* (*EVP_MD_CTX_new)() = nullptr;
  void (*EVP_MD_CTX_free)(void*) = nullptr;
  const void* (*EVP_sha256)() = nullptr;
  int (*EVP_DigestSignInit)(void*, void**, const void*, void*, void*) = nullptr;
  int (*EVP_DigestSign)(void*, unsigned char*, std::size_t*, const unsigned char*,
                        std::size_t) = nullptr;
  bool is_whole = false;
};

constexpr int rsa = 6;  // EVP_PKEY_RSA

template <class Function>
bool look_up(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

OpenSsl load() {
  OpenSsl ssl;
  void* const library = ::dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return ssl;
  wipe_openssl_memory(library);
  ssl.is_whole = look_up(library, "BIO_new_mem_buf", ssl.BIO_new_mem_buf) &&
                 look_up(library, "BIO_free", ssl.BIO_free) &&
                 look_up(library, "PEM_read_bio_PrivateKey", ssl.PEM_read_bio_PrivateKey) &&
                 look_up(library, "EVP_PKEY_free", ssl.EVP_PKEY_free) &&
                 look_up(library, "EVP_PKEY_get_base_id", ssl.EVP_PKEY_get_base_id) &&
                 look_up(library, "EVP_MD_CTX_new", ssl.EVP_MD_CTX_new) &&
                 look_up(library, "EVP_MD_CTX_free", ssl.EVP_MD_CTX_free) &&
                 look_up(library, "EVP_sha256", ssl.EVP_sha256) &&
                 look_up(library, "EVP_DigestSignInit", ssl.EVP_DigestSignInit) &&
                 look_up(library, "EVP_DigestSign", ssl.EVP_DigestSign);
  return ssl;
}

const OpenSsl& openssl() {
  static const OpenSsl loaded = load();
  return loaded;
}

// A key with a passphrase is not asked for it on the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

using Handle = std::unique_ptr<void, void (*)(void*)>;

Handle read_key(const SecureBytes& pem) {
  const OpenSsl& ssl = openssl();
  void* const bio = ssl.BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  void* const key =
      bio == nullptr ? nullptr : ssl.PEM_read_bio_PrivateKey(bio, nullptr, no_passphrase, nullptr);
  if (bio != nullptr) ssl.BIO_free(bio);
  return Handle(key, ssl.EVP_PKEY_free);
}

}  // namespace

Result<SecureBytes> sign_rs256(std::string_view text, const SecureBytes& private_key_pem) {
  const OpenSsl& ssl = openssl();
  if (!ssl.is_whole)
    return fail(ErrorKind::unsupported, "libcrypto.so.3 is not installed", {}, "install libssl3");
  const Handle key = read_key(private_key_pem);
  if (key == nullptr || ssl.EVP_PKEY_get_base_id(key.get()) != rsa)
    return fail(ErrorKind::invalid_input, "the private key is no RSA key in PEM");
  const Handle context(ssl.EVP_MD_CTX_new(), ssl.EVP_MD_CTX_free);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  if (context == nullptr ||
      ssl.EVP_DigestSignInit(context.get(), nullptr, ssl.EVP_sha256(), nullptr, key.get()) != 1 ||
      ssl.EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1)
    return fail(ErrorKind::invalid_input, "the private key cannot sign");
  SecureBytes signature(size);
  if (ssl.EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                         bytes, text.size()) != 1)
    return fail(ErrorKind::invalid_input, "the private key cannot sign");
  signature.resize(size);
  return signature;
}

SecureBytes encode_base64_url(std::string_view bytes) {
  SecureBytes text = encode_base64(bytes);
  while (!text.empty() && text.back() == '=') text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

}  // namespace sluice::secrets
