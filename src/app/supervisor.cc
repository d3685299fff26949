#include "app/supervisor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "base/descriptor.h"

namespace sluice::app {
namespace {

using base::Descriptor;
using Clock = std::chrono::steady_clock;

constexpr auto grace = std::chrono::seconds(10);
constexpr std::array forwarded = {SIGINT,  SIGTERM, SIGHUP,   SIGQUIT, SIGUSR1, SIGUSR2,
                                  SIGALRM, SIGCONT, SIGWINCH, SIGTSTP, SIGTTIN, SIGTTOU};

tl::unexpected<Error> io_error(std::string_view action) {
  return fail(ErrorKind::io, fmt::format("cannot {}: {}", action, std::strerror(errno)));
}

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return;  // who read our output is gone
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// One of the command's outputs on its way to ours.
struct Stream {
  Descriptor from;
  int to = 1;
  std::unique_ptr<secrets::Masker> masker;

  // Hands on what is there; at its end, closes it.
  void pump() {
    std::array<char, 1 << 16> buffer;
    const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
    secrets::SecureBytes shown;
    if (got > 0) masker->feed({buffer.data(), static_cast<std::size_t>(got)}, shown);
    if (got <= 0) masker->finish(shown);
    ::explicit_bzero(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    write_all(to, secrets::reveal(shown));
    if (got <= 0) from.close();
  }
};

class Supervisor {
 public:
  explicit Supervisor(const Supervision& plan) : plan_(plan) {}

  Result<Ending> run() {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int number : forwarded) ::sigaddset(&set, number);
    ::sigaddset(&set, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &set, &outside_);
    signals_ = Descriptor(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (signals_.get() < 0) return io_error("listen for signals");
    SLUICE_TRY(start());
    return wait();
  }

 private:
  Status start() {
    std::array<int, 2> report{};
    if (::pipe2(report.data(), O_CLOEXEC) != 0) return io_error("make a pipe");
    Descriptor failed(report[0]);
    Descriptor tell(report[1]);
    std::array<Descriptor, 2> ends;
    SLUICE_TRY(open_streams(ends));
    const ChildEnvironment environment = plan_.environment();
    const pid_t parent = ::getpid();
    child_ = ::fork();
    if (child_ < 0) return io_error("start a process");
    if (child_ == 0) become_command(environment, ends, tell.get(), parent);
    tell.close();
    int code = 0;
    if (::read(failed.get(), &code, sizeof code) != sizeof code) return {};
    ::waitpid(child_, nullptr, 0);
    return fail(code == ENOENT ? ErrorKind::not_found : ErrorKind::unreadable,
                fmt::format("cannot run: {}", std::strerror(code)), plan_.command.front());
  }

  Status open_streams(std::array<Descriptor, 2>& ends) {
    streams_.clear();
    if (!plan_.masked) return {};
    const auto values = plan_.masked();
    for (const int to : {1, 2}) {
      std::array<int, 2> pipe{};
      if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return io_error("make a pipe");
      ends[static_cast<std::size_t>(to - 1)] = Descriptor(pipe[1]);
      streams_.push_back({Descriptor(pipe[0]), to, std::make_unique<secrets::Masker>(values)});
    }
    return {};
  }

  [[noreturn]] void become_command(const ChildEnvironment& environment,
                                   std::array<Descriptor, 2>& ends, int tell, pid_t parent) {
    ::sigprocmask(SIG_SETMASK, &outside_, nullptr);
    if (::getppid() != parent) ::_exit(2);
    for (const int to : {1, 2}) {
      const int from = ends[static_cast<std::size_t>(to - 1)].get();
      if (from >= 0) ::dup2(from, to);
    }
    (void)execute(plan_.command, environment);
    const int code = errno;
    (void)!::write(tell, &code, sizeof code);
    ::_exit(127);
  }

  Result<Ending> wait() {
    next_look_ = Clock::now() + std::chrono::seconds(plan_.refresh_seconds);
    for (;;) {
      std::vector<pollfd> watched = {{signals_.get(), POLLIN, 0}};
      for (const Stream& stream : streams_) watched.push_back({stream.from.get(), POLLIN, 0});
      ::poll(watched.data(), watched.size(), timeout());
      for (std::size_t i = 0; i < streams_.size(); ++i)
        if ((watched[i + 1].revents & (POLLIN | POLLHUP | POLLERR)) != 0) streams_[i].pump();
      take_signals();
      if (const auto ending = reap()) {
        if (!is_restarting_) return *ending;
        is_restarting_ = false;
        SLUICE_TRY(start());
      }
      look_for_rotation();
    }
  }

  int timeout() const {
    std::optional<Clock::time_point> next;
    if (is_restarting_) next = deadline_;
    if (!is_restarting_ && plan_.refresh_seconds > 0) next = next_look_;
    if (!next) return -1;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(*next - Clock::now()).count();
    return left < 0 ? 0 : static_cast<int>(left) + 1;
  }

  void take_signals() {
    signalfd_siginfo info;
    while (::read(signals_.get(), &info, sizeof info) == sizeof info) {
      if (info.ssi_signo == SIGCHLD) continue;
      // What the kernel sends (Ctrl-C) goes to the whole group of the terminal, the command
      // included.
      if (info.ssi_code != SI_KERNEL) ::kill(child_, static_cast<int>(info.ssi_signo));
      is_ending_ = is_ending_ || info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT;
    }
  }

  // How the command ended, once it has, and all that it wrote is handed on.
  std::optional<Ending> reap() {
    int status = 0;
    if (::waitpid(child_, &status, WNOHANG) != child_) return std::nullopt;
    drain();
    if (WIFSIGNALED(status)) return Ending{128 + WTERMSIG(status), WTERMSIG(status)};
    return Ending{WEXITSTATUS(status), 0};
  }

  // What is in the pipes already; a grandchild that holds them open is not waited for.
  void drain() {
    for (Stream& stream : streams_) {
      ::fcntl(stream.from.get(), F_SETFL, O_NONBLOCK);
      pollfd one{stream.from.get(), POLLIN, 0};
      while (stream.from.get() >= 0 && ::poll(&one, 1, 0) > 0) stream.pump();
      secrets::SecureBytes rest;
      stream.masker->finish(rest);
      write_all(stream.to, secrets::reveal(rest));
    }
  }

  void look_for_rotation() {
    if (is_restarting_ && Clock::now() >= deadline_) ::kill(child_, SIGKILL);
    if (plan_.refresh_seconds == 0 || is_restarting_ || is_ending_ || Clock::now() < next_look_)
      return;
    next_look_ = Clock::now() + std::chrono::seconds(plan_.refresh_seconds);
    if (!plan_.has_changed()) return;
    if (plan_.rotation == Rotation::signal) ::kill(child_, plan_.rotation_signal);
    if (plan_.rotation != Rotation::restart) return;
    is_restarting_ = true;
    deadline_ = Clock::now() + grace;
    ::kill(child_, SIGTERM);
  }

  const Supervision& plan_;
  sigset_t outside_{};
  Descriptor signals_;
  std::vector<Stream> streams_;
  pid_t child_ = -1;
  bool is_restarting_ = false;
  bool is_ending_ = false;
  Clock::time_point next_look_;
  Clock::time_point deadline_;
};

}  // namespace

Result<Ending> supervise(const Supervision& supervision) { return Supervisor(supervision).run(); }

void end_like(const Ending& ending) {
  if (ending.signal != 0) {
    std::signal(ending.signal, SIG_DFL);
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, ending.signal);
    ::sigprocmask(SIG_UNBLOCK, &set, nullptr);
    ::raise(ending.signal);
  }
  ::_exit(ending.exit_code);
}

}  // namespace sluice::app
