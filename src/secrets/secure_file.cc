#include "secrets/secure_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sluice::secrets {
namespace {

class File {
 public:
  explicit File(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  int fd() const { return fd_; }

 private:
  int fd_;
};

Status check_owner(const struct stat& info, const std::string& path) {
  if (info.st_uid != ::geteuid() && info.st_uid != 0)
    return fail(ErrorKind::refused, "belongs to another user", path,
                fmt::format("chown $(id -u) {}", path));
  if ((info.st_mode & 077) != 0)
    return fail(ErrorKind::refused,
                fmt::format("others can read it (mode {:o})", info.st_mode & 0777), path,
                fmt::format("chmod 600 {}", path));
  return {};
}

tl::unexpected<Error> system_error(const std::string& path) {
  return fail(errno == ENOENT || errno == ENOTDIR ? ErrorKind::not_found : ErrorKind::io,
              fmt::format("cannot read: {}", std::strerror(errno)), path);
}

}  // namespace

Result<SecureBytes> read_secure_file(const std::string& path, std::size_t limit, bool only_owner) {
  const File file(path);
  struct stat info;
  if (file.fd() < 0 || ::fstat(file.fd(), &info) != 0) return system_error(path);
  if (!S_ISREG(info.st_mode)) return fail(ErrorKind::refused, "is no regular file", path);
  if (only_owner) SLUICE_TRY(check_owner(info, path));
  if (static_cast<std::size_t>(info.st_size) > limit)
    return fail(ErrorKind::limit_exceeded, fmt::format("larger than {} bytes", limit), path);
  // One byte more than there is tells whether it grew meanwhile.
  SecureBytes text(static_cast<std::size_t>(info.st_size) + 1);
  std::size_t length = 0;
  while (length < text.size()) {
    const ssize_t got = ::read(file.fd(), text.data() + length, text.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  if (length == text.size())
    return fail(ErrorKind::io, "changed while it was read", path, "try again");
  text.resize(length);
  return text;
}

}  // namespace sluice::secrets
