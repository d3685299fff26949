#pragma once

#include <string_view>

namespace sluice::base {

/// Keeps this process alive over a mapped file that somebody cuts short, or whose disk fails: what is gone of it reads
/// as zero bytes, where else SIGBUS would end the process. For use by several threads; takes that signal over.
class MappingGuard {
 public:
  /// `mapped` must stay mapped as long as this lives. Nothing is guarded when it is empty.
  explicit MappingGuard(std::string_view mapped);
  MappingGuard(const MappingGuard&) = delete;
  MappingGuard& operator=(const MappingGuard&) = delete;
  ~MappingGuard();

  /// False when a thousand others live: then this one guards nothing.
  bool is_active() const { return is_active_; }

  /// Whether something was gone when it was read.
  bool has_failed() const;

 private:
  static constexpr std::size_t none = std::size_t(-1);

  std::size_t slot_ = none;
  bool is_active_ = true;
};

}  // namespace sluice::base
