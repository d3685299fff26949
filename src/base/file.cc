#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/descriptor.h"

namespace sluice::base {
namespace {

tl::unexpected<Error> system_error(const std::string& action, const std::string& path) {
  const int code = errno;
  const ErrorKind kind = code == ENOENT || code == ENOTDIR ? ErrorKind::not_found
                         : code == EACCES || code == EPERM ? ErrorKind::unreadable
                                                           : ErrorKind::io;
  return fail(kind, fmt::format("cannot {}: {}", action, std::strerror(code)), path);
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Status write_in_place(const std::string& path, std::string_view bytes, unsigned mode) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (file.get() < 0) return system_error("open for writing", path);
  if (!write_all(file.get(), bytes)) return system_error("write", path);
  if (::close(file.release()) != 0) return system_error("write", path);
  return {};
}

}  // namespace

Result<std::string> read_all(int fd, const std::string& name, std::size_t limit) {
  std::string bytes;
  struct stat info;
  if (::fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
    bytes.reserve(std::min(static_cast<std::size_t>(info.st_size) + 1, limit));
  }
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read", name);
    if (got == 0) return bytes;
    if (bytes.size() + static_cast<std::size_t>(got) > limit) {
      return fail(ErrorKind::limit_exceeded, fmt::format("larger than {} bytes", limit), name);
    }
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return system_error("read", path);
  return read_all(file.get(), path, limit);
}

Status write_file(const std::string& path, std::string_view bytes, unsigned mode, Flush flush) {
  struct stat info;
  const bool exists = ::stat(path.c_str(), &info) == 0;
  if (exists && !S_ISREG(info.st_mode)) return write_in_place(path, bytes, mode);
  std::string temporary = path + ".XXXXXX";
  Descriptor file(::mkstemp(temporary.data()));
  if (file.get() < 0) return system_error("create a temporary file beside", path);
  const mode_t final_mode = exists ? info.st_mode & 07777 : mode;
  const bool written = write_all(file.get(), bytes) && ::fchmod(file.get(), final_mode) == 0 &&
                       (flush == Flush::later || ::fsync(file.get()) == 0) && ::close(file.release()) == 0 &&
                       ::rename(temporary.c_str(), path.c_str()) == 0;
  if (written) return {};
  auto error = system_error("write", path);
  ::unlink(temporary.c_str());
  return error;
}

}  // namespace sluice::base
