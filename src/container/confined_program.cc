#include "container/confined_program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/descriptor.h"
#include "base/file.h"

namespace sluice::container {
namespace {

using base::Descriptor;

constexpr int cannot_start = 127;  // the exit code that says so, as a shell's
constexpr int first_free = 3;      // behind the standard streams

tl::unexpected<Error> system_error(const char* action) {
  return fail(ErrorKind::io, fmt::format("cannot {}: {}", action, std::strerror(errno)), "", "try again");
}

// Where a standard stream is closed here, a new file gets its number, which is the program's to use.
Descriptor behind_streams(int fd) {
  if (fd < 0 || fd >= first_free) return Descriptor(fd);
  const Descriptor low(fd);
  return Descriptor(::fcntl(low.get(), F_DUPFD_CLOEXEC, first_free));
}

Result<Descriptor> memory_file(std::string_view bytes) {
  Descriptor file = behind_streams(::memfd_create("sluice", MFD_CLOEXEC));
  if (file.get() < 0) return system_error("get memory for a program");
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return system_error("get memory for a program");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return system_error("get memory for a program");
  return file;
}

// What the new process is made of.
struct Start {
  char* const* command = nullptr;
  int input = -1;
  int output = -1;
  int nowhere = -1;
  Allowance allowance;
};

void limit(decltype(RLIMIT_AS) resource, rlim_t most, rlim_t hardly = 0) {
  const rlimit both = {most, most + hardly};
  if (::setrlimit(resource, &both) != 0) ::_exit(cannot_start);
}

void close_others() {
  if (::close_range(first_free, ~0U, 0) == 0) return;
  rlimit open = {};
  if (::getrlimit(RLIMIT_NOFILE, &open) != 0) ::_exit(cannot_start);
  for (int fd = first_free; static_cast<rlim_t>(fd) < open.rlim_cur; ++fd) ::close(fd);
}

// In the new process, which still has the memory of the old one: system calls only. What cannot be forbidden
// ends it.
[[noreturn]] void become(const Start& start) {
  struct sigaction plain = {};
  plain.sa_handler = SIG_DFL;
  for (const int number : {SIGXCPU, SIGXFSZ, SIGPIPE}) (void)::sigaction(number, &plain, nullptr);
  sigset_t none;
  sigemptyset(&none);
  (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) ::_exit(cannot_start);
  if (::dup2(start.input, 0) != 0 || ::dup2(start.output, 1) != 1 || ::dup2(start.nowhere, 2) != 2) {
    ::_exit(cannot_start);
  }
  close_others();
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_CPU, start.allowance.cpu_seconds, 1);  // told by one signal, ended by another
  limit(RLIMIT_FSIZE, start.allowance.output);
  limit(RLIMIT_AS, start.allowance.memory);
  char* const no_environment[] = {nullptr};
  ::execve(start.command[0], start.command, no_environment);
  ::_exit(cannot_start);
}

// Without a copy of this process's tables of pages, which a fork of one with much memory waits for. No handler of
// a signal may run in the new one.
pid_t start_process(const Start& start) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  (void)::pthread_sigmask(SIG_BLOCK, &all, &before);
  const pid_t pid = ::vfork();  // NOLINT(clang-analyzer-security.insecureAPI.vfork)
  if (pid == 0) become(start);
  (void)::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return pid;
}

struct Waited {
  bool is_known = false;  // else somebody else has waited for it
  bool was_late = false;
  int status = 0;
  rusage used = {};
};

// Waits for the end of process `pid`, and brings it about when it takes longer than `seconds`.
Waited wait_for(pid_t pid, unsigned seconds) {
  using std::chrono::milliseconds;
  using Clock = std::chrono::steady_clock;
  const Descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));  // by glibc from 2.36 on
  const auto deadline = Clock::now() + std::chrono::seconds(seconds);
  Waited waited;
  for (;;) {
    const pid_t ended = ::wait4(pid, &waited.status, waited.was_late ? 0 : WNOHANG, &waited.used);
    waited.is_known = ended == pid;
    if (waited.is_known || (ended < 0 && errno != EINTR)) return waited;
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) {
      waited.was_late = true;
      (void)::kill(pid, SIGKILL);
      continue;
    }
    pollfd end = {handle.get(), POLLIN, 0};
    constexpr milliseconds now_and_then{2};
    const bool is_told = handle.get() >= 0;
    (void)::poll(&end, is_told ? 1 : 0, static_cast<int>((is_told ? left : std::min(left, now_and_then)).count()));
  }
}

double seconds_of(const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec); }

ProgramEnd end_of(const Waited& waited, std::string output, const Allowance& allowance) {
  using Kind = ProgramEnd::Kind;
  ProgramEnd end;
  end.cpu_seconds = seconds_of(waited.used.ru_utime) + seconds_of(waited.used.ru_stime);
  const bool by_signal = WIFSIGNALED(waited.status);
  end.code = by_signal ? WTERMSIG(waited.status) : WEXITSTATUS(waited.status);
  const bool over_time = by_signal && (end.code == SIGXCPU || end.cpu_seconds >= allowance.cpu_seconds);
  if (waited.was_late || over_time) {
    end.kind = Kind::out_of_time;
  } else if (output.size() >= allowance.output || (by_signal && end.code == SIGXFSZ)) {
    end.kind = Kind::out_of_output;
  } else if (by_signal) {
    end.kind = Kind::crashed;
  }
  end.output = std::move(output);
  return end;
}

}  // namespace

std::string find_program(std::string_view name) {
  const char* const variable = std::getenv("PATH");
  std::string_view folders = variable != nullptr ? variable : "/usr/bin:/bin";
  while (!folders.empty()) {
    const std::string_view folder = folders.substr(0, folders.find(':'));
    folders.remove_prefix(std::min(folders.size(), folder.size() + 1));
    if (!folder.starts_with('/')) continue;  // what lies here or there is not to be run
    std::string path = fmt::format("{}/{}", folder, name);
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

Result<ProgramEnd> run_confined(const std::vector<std::string>& command, std::string_view input,
                                const Allowance& allowance) {
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  SLUICE_TRY_ASSIGN(const Descriptor in, memory_file(input));
  SLUICE_TRY_ASSIGN(const Descriptor out, memory_file({}));
  const Descriptor nowhere = behind_streams(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  const pid_t pid = start_process({words.data(), in.get(), out.get(), nowhere.get(), allowance});
  if (pid < 0) return system_error("start a process");
  const Waited waited = wait_for(pid, allowance.wall_seconds);
  if (!waited.is_known) return system_error("wait for a process");
  if (WIFEXITED(waited.status) && WEXITSTATUS(waited.status) == cannot_start) {
    return fail(ErrorKind::io, fmt::format("{} cannot be started", command.front()), "", "look whether it runs here");
  }
  if (::lseek(out.get(), 0, SEEK_SET) != 0) return system_error("read what a program wrote");
  SLUICE_TRY_ASSIGN(std::string output, base::read_all(out.get(), command.front(), allowance.output));
  return end_of(waited, std::move(output), allowance);
}

}  // namespace sluice::container
