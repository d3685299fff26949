#include "pack/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace sluice::pack {
namespace {

tl::unexpected<Error> fail_with_errno(const std::string& path) {
  const int code = errno;
  ErrorKind kind = ErrorKind::io;
  if (code == ENOENT || code == ENOTDIR) kind = ErrorKind::not_found;
  if (code == EACCES || code == EPERM) kind = ErrorKind::unreadable;
  return fail(kind, "cannot read: " + std::generic_category().message(code), path);
}

Result<std::string_view> map_all(int descriptor, const std::string& path) {
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0) return fail_with_errno(path);
  if (!S_ISREG(status.st_mode)) return fail(ErrorKind::corrupt, "not a regular file", path);
  if (status.st_size == 0) return std::string_view();
  const auto size = static_cast<std::size_t>(status.st_size);
  void* at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (at == MAP_FAILED) return fail_with_errno(path);
  return std::string_view(static_cast<const char*>(at), size);
}

}  // namespace

Result<base::Descriptor> open_for_mapping(const std::string& path) {
  // Without O_NONBLOCK a FIFO that stands where a file belongs would hold us for ever.
  base::Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.get() < 0) return fail_with_errno(path);
  return descriptor;
}

Result<MappedFile> MappedFile::open(const std::string& path) {
  SLUICE_TRY_ASSIGN(const base::Descriptor descriptor, open_for_mapping(path));
  return map(descriptor.get(), path);
}

Result<MappedFile> MappedFile::map(int descriptor, const std::string& path) {
  MappedFile file;
  SLUICE_TRY_ASSIGN(file.bytes_, map_all(descriptor, path));
  return file;
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace sluice::pack
