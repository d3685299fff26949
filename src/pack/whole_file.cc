#include "pack/whole_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <optional>

namespace sluice::pack {
namespace {

constexpr std::size_t small = std::size_t{64} << 10;

// Nothing where it is not a small regular file, or cannot be read: mapping it tells why.
std::optional<std::string> read_small(int descriptor) {
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  if (static_cast<std::size_t>(status.st_size) > small) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(descriptor, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

Result<WholeFile> WholeFile::open(const std::string& path) {
  SLUICE_TRY_ASSIGN(const base::Descriptor descriptor, open_for_mapping(path));
  WholeFile file;
  if (auto bytes = read_small(descriptor.get())) {
    file.read_ = std::move(*bytes);
    return file;
  }
  SLUICE_TRY_ASSIGN(file.mapped_, MappedFile::map(descriptor.get(), path));
  return file;
}

}  // namespace sluice::pack
