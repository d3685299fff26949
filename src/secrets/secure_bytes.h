#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace sluice::secrets {

/// Memory for secrets: overwritten before it is given back, left out of core dumps (MADV_DONTDUMP)
/// and, as far as RLIMIT_MEMLOCK allows, kept out of swap. Throws std::bad_alloc when there is
/// none.
void* allocate_secure(std::size_t bytes);
void release_secure(void* at, std::size_t bytes) noexcept;

template <class T>
struct SecureAllocator {
  using value_type = T;
  SecureAllocator() = default;
  template <class U>
  SecureAllocator(const SecureAllocator<U>&) {}
  T* allocate(std::size_t count) { return static_cast<T*>(allocate_secure(count * sizeof(T))); }
  void deallocate(T* at, std::size_t count) noexcept { release_secure(at, count * sizeof(T)); }
  friend bool operator==(const SecureAllocator&, const SecureAllocator&) { return true; }
};

/// Bytes of a secret. A vector and not a string, because a short string lies inside of its object
/// and is left behind wherever that was moved from. There is no stream or format operator.
using SecureBytes = std::vector<char, SecureAllocator<char>>;

/// The bytes, borrowed: to be compared, copied into other SecureBytes, or handed to whom the secret
/// is for.
inline std::string_view reveal(const SecureBytes& bytes) { return {bytes.data(), bytes.size()}; }

inline void append(SecureBytes& bytes, std::string_view text) {
  bytes.insert(bytes.end(), text.begin(), text.end());
}

inline SecureBytes secure_copy(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace sluice::secrets
