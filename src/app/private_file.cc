#include "app/private_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace sluice::app {
namespace {

tl::unexpected<Error> io_error(const std::string& action, const std::string& path) {
  return fail(ErrorKind::io, fmt::format("cannot {}: {}", action, std::strerror(errno)), path);
}

Result<std::string> make_folder() {
  const char* const runtime = std::getenv("XDG_RUNTIME_DIR");
  const char* const temporary = std::getenv("TMPDIR");
  const std::array<std::string, 4> places = {runtime != nullptr ? runtime : "", "/dev/shm",
                                             temporary != nullptr ? temporary : "", "/tmp"};
  for (const std::string& place : places) {
    if (place.empty()) continue;
    std::string folder = place + "/sluice-XXXXXX";
    if (::mkdtemp(folder.data()) != nullptr) return folder;  // mode 0700
  }
  return io_error("make a private folder in", places.back());
}

// Overwritten first: a tmpfs gives its pages back unwiped, and a disk keeps them for long.
void wipe_and_remove(const std::string& path, const std::string& folder) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  struct stat info;
  if (fd >= 0 && ::fstat(fd, &info) == 0) {
    const std::array<char, 4096> zeros{};
    for (off_t left = info.st_size; left > 0;) {
      const auto part =
          static_cast<std::size_t>(left < off_t(zeros.size()) ? left : off_t(zeros.size()));
      const ssize_t written = ::write(fd, zeros.data(), part);
      if (written <= 0) break;
      left -= written;
    }
  }
  if (fd >= 0) ::close(fd);
  ::unlink(path.c_str());
  ::unlink((path + ".new").c_str());
  ::rmdir(folder.c_str());
}

// The copy of this process that outlives it. It leaves the terminal's group, so that Ctrl-C does
// not end it.
[[noreturn]] void wait_and_remove(int alive, const std::string& path, const std::string& folder) {
  ::setsid();
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) std::signal(number, SIG_IGN);
  for (const int fd : {0, 1, 2}) ::close(fd);  // nobody shall wait for these to close
  char byte = 0;
  while (::read(alive, &byte, 1) < 0 && errno == EINTR) {
  }
  wipe_and_remove(path, folder);
  ::_exit(0);
}

}  // namespace

Result<PrivateFile> PrivateFile::create(const std::string& name) {
  PrivateFile file;
  SLUICE_TRY_ASSIGN(file.folder_, make_folder());
  file.path_ = file.folder_ + "/" + name;
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return io_error("make a pipe for", file.path_);
  const pid_t pid = ::fork();
  if (pid < 0) return io_error("start a process for", file.path_);
  if (pid == 0) {
    ::close(ends[1]);
    if (::fork() != 0) ::_exit(0);  // the grandchild belongs to init, so nobody has to wait for it
    wait_and_remove(ends[0], file.path_, file.folder_);
  }
  ::waitpid(pid, nullptr, 0);
  ::close(ends[0]);
  file.alive_ = ends[1];
  return file;
}

PrivateFile::PrivateFile(PrivateFile&& other) noexcept
    : folder_(std::exchange(other.folder_, {})),
      path_(std::exchange(other.path_, {})),
      alive_(std::exchange(other.alive_, -1)) {}

PrivateFile::~PrivateFile() {
  if (alive_ < 0) return;
  wipe_and_remove(path_, folder_);
  ::close(alive_);
}

Status PrivateFile::write(std::string_view bytes) {
  const std::string next = path_ + ".new";
  const int fd = ::open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return io_error("create", next);
  bool written = true;
  while (written && !bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    written = count > 0 || errno == EINTR;
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (!written || ::close(fd) != 0 || ::rename(next.c_str(), path_.c_str()) != 0) {
    auto error = io_error("write", path_);
    ::unlink(next.c_str());
    return error;
  }
  return {};
}

}  // namespace sluice::app
