#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::pack {

/// Owned bytes that are not cleared before they are written: an object's content is written whole
/// by the one who makes it, and clearing it first would cost as much as copying it. Move-only.
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept
      : bytes_(std::move(other.bytes_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  /// Makes this `size` bytes long; the content is unspecified afterwards.
  void reset(std::size_t size) {
    if (size > capacity_) {
      bytes_.reset();  // before the new block is asked for: both at once could be twice too much
      capacity_ = 0;
      bytes_ = std::make_unique_for_overwrite<char[]>(size);
      capacity_ = size;
    }
    size_ = size;
  }

  /// Drops the first `count` bytes; count <= size().
  void remove_front(std::size_t count) {
    size_ -= count;
    if (size_ != 0) std::memmove(bytes_.get(), bytes_.get() + count, size_);
  }

  char* data() { return bytes_.get(); }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  /// Valid until the next reset, move or destruction.
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Buffers for one thread to use again: asking the system for every object's memory is slower than
/// making the object. Keeps at most 16 buffers of at most 4 MiB.
class BufferPool {
 public:
  /// A buffer of `size` bytes with unspecified content.
  Buffer take(std::size_t size) {
    Buffer buffer;
    if (!free_.empty() && size <= largest_kept) {
      buffer = std::move(free_.back());
      free_.pop_back();
    }
    buffer.reset(size);
    return buffer;
  }

  /// Gives a buffer back.
  void put(Buffer buffer) {
    if (buffer.capacity() == 0 || buffer.capacity() > largest_kept) return;
    if (free_.size() < most_kept) free_.push_back(std::move(buffer));
  }

 private:
  static constexpr std::size_t most_kept = 16;
  static constexpr std::size_t largest_kept = std::size_t{4} << 20;

  std::vector<Buffer> free_;
};

}  // namespace sluice::pack
