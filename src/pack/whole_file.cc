#include "pack/whole_file.h"

#include <sys/stat.h>

#include <cstddef>
#include <utility>

#include "base/file.h"

namespace sluice::pack {
namespace {

constexpr std::size_t small = std::size_t{64} << 10;

bool is_small_file(int descriptor) {
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  return static_cast<std::size_t>(status.st_size) <= small;
}

}  // namespace

Result<WholeFile> WholeFile::open(const std::string& path) {
  SLUICE_TRY_ASSIGN(const base::Descriptor descriptor, open_for_mapping(path));
  WholeFile file;
  if (is_small_file(descriptor.get())) {
    if (auto bytes = base::read_all(descriptor.get(), path)) {
      file.read_ = std::move(*bytes);
      return file;
    }
  }
  // Mapping tells why, where it is no regular file or cannot be read.
  SLUICE_TRY_ASSIGN(file.mapped_, MappedFile::map(descriptor.get(), path));
  return file;
}

}  // namespace sluice::pack
