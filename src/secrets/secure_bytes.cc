#include "secrets/secure_bytes.h"

#include <string.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <bit>
#include <mutex>
#include <new>
#include <utility>

namespace sluice::secrets {
namespace {

constexpr std::size_t chunk_bytes = 256u << 10;
constexpr std::size_t least_bytes = 16;
constexpr std::size_t largest_shared = 64u << 10;  // what is larger has pages of its own

void* map_pages(std::size_t bytes) {
  void* const at =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) throw std::bad_alloc();
  ::madvise(at, bytes, MADV_DONTDUMP);
  // Locking is allowed for little memory only; without it a secret may reach an unencrypted swap.
  (void)::mlock(at, bytes);
  return at;
}

// Blocks of powers of two, cut from chunks that stay until the process ends. Freed blocks are kept
// by size.
class Arena {
 public:
  void* take(std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    Block*& list = free_[class_of(bytes)];
    if (list != nullptr) {
      Block* const block = list;
      list = block->next;
      block->next = nullptr;
      return block;
    }
    const std::size_t size = size_of(bytes);
    if (left_ < size) {
      at_ = static_cast<char*>(map_pages(chunk_bytes));
      left_ = chunk_bytes;
    }
    left_ -= size;
    return std::exchange(at_, at_ + size);
  }

  void give_back(void* at, std::size_t bytes) noexcept {
    const std::scoped_lock lock(mutex_);
    Block*& list = free_[class_of(bytes)];
    list = new (at) Block{list};
  }

 private:
  struct Block {
    Block* next = nullptr;
  };

  static std::size_t size_of(std::size_t bytes) {
    return std::bit_ceil(std::max(bytes, least_bytes));
  }
  static std::size_t class_of(std::size_t bytes) {
    return static_cast<std::size_t>(std::countr_zero(size_of(bytes)));
  }

  std::mutex mutex_;
  std::array<Block*, 32> free_{};
  char* at_ = nullptr;
  std::size_t left_ = 0;
};

Arena& arena() {
  static Arena* const only =
      new Arena;  // never destroyed: statics elsewhere may hold secrets to the end
  return *only;
}

}  // namespace

void* allocate_secure(std::size_t bytes) {
  return bytes > largest_shared ? map_pages(bytes) : arena().take(bytes);
}

void release_secure(void* at, std::size_t bytes) noexcept {
  ::explicit_bzero(at, bytes);
  if (bytes > largest_shared) {
    ::munmap(at, bytes);
  } else {
    arena().give_back(at, bytes);
  }
}

}  // namespace sluice::secrets
