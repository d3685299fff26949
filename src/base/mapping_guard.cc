#include "base/mapping_guard.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <mutex>

namespace sluice::base {
namespace {

// What the signal's handler knows of a mapping: all it may touch.
struct Slot {
  std::atomic<bool> is_taken = false;
  std::atomic<std::uintptr_t> begin = 0;  // with `size` 0 while nothing is guarded
  std::atomic<std::size_t> size = 0;
  std::atomic<bool> has_failed = false;
};
static_assert(std::atomic<std::uintptr_t>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

std::array<Slot, 1000> slots;
std::uintptr_t page_size;
struct sigaction previous;

// Puts zeros where the rest of the mapping was: what follows a missing page is mostly missing, too.
bool put_zeros(const Slot& slot, std::uintptr_t at) {
  const std::uintptr_t page = at / page_size * page_size;
  const std::uintptr_t end = slot.begin + slot.size;
  constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE;
  return ::mmap(reinterpret_cast<void*>(page), end - page, PROT_READ, flags, -1, 0) != MAP_FAILED;
}

void on_bus_error(int, siginfo_t* info, void*) {
  const int code = errno;
  const auto at = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (Slot& slot : slots) {
    const std::size_t size = slot.size;
    if (size == 0 || at - slot.begin >= size) continue;
    slot.has_failed = true;
    if (!put_zeros(slot, at)) break;
    errno = code;
    return;
  }
  // None of ours: tried again, it ends as it would have.
  (void)::sigaction(SIGBUS, &previous, nullptr);
}

void take_signal() {
  static std::once_flag once;
  std::call_once(once, [] {
    page_size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    struct sigaction action = {};
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    (void)::sigaction(SIGBUS, &action, &previous);
  });
}

}  // namespace

MappingGuard::MappingGuard(std::string_view mapped) {
  if (mapped.empty()) return;
  take_signal();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].is_taken.exchange(true)) continue;
    slots[i].has_failed = false;
    slots[i].begin = reinterpret_cast<std::uintptr_t>(mapped.data());
    slots[i].size = mapped.size();
    slot_ = i;
    return;
  }
  is_active_ = false;
}

MappingGuard::~MappingGuard() {
  if (slot_ == none) return;
  slots[slot_].size = 0;
  slots[slot_].is_taken = false;
}

bool MappingGuard::has_failed() const { return slot_ != none && slots[slot_].has_failed; }

}  // namespace sluice::base
