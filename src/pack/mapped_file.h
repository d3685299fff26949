#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/descriptor.h"
#include "base/result.h"

namespace sluice::pack {

/// `path`, opened to be mapped. Errors: not_found, unreadable, io.
Result<base::Descriptor> open_for_mapping(const std::string& path);

/// A whole file, mapped for reading. Move-only; the bytes stay where they are when it is moved.
///
/// Git never changes a pack, an index or a loose object once it has its final name; it only removes
/// it, which a mapping survives. Whoever truncates such a file while it is mapped ends this process
/// with SIGBUS; Git has the same limit. For other files there is source::WatchedFile.
class MappedFile {
 public:
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~MappedFile();

  /// Maps `path`, which must be a regular file. Nothing stays open.
  /// Errors: not_found, unreadable, io, corrupt (not a regular file).
  static Result<MappedFile> open(const std::string& path);

  /// The same of a descriptor of `path`, which may be closed afterwards. Errors: io, corrupt.
  static Result<MappedFile> map(int descriptor, const std::string& path);

  /// Valid as long as the mapping; empty for an empty file.
  std::string_view bytes() const { return bytes_; }

 private:
  std::string_view bytes_;
};

}  // namespace sluice::pack
