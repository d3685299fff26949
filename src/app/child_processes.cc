#include "app/child_processes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <vector>

namespace sluice::app {
namespace {

constexpr int threw = 3;  // the exit code of work that ended by an exception

std::string failure_of(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    return fmt::format("the process ended by signal {} ({})", number, ::strsignal(number));
  }
  return fmt::format("the process ended with exit code {}", WEXITSTATUS(status));
}

}  // namespace

bool ChildProcesses::start(std::size_t task, const std::function<void()>& work) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  std::fflush(nullptr);  // else both processes would write what is buffered
  const pid_t pid = ::fork();
  if (pid == 0) {
    int code = 0;
    try {
      work();
    } catch (...) {
      code = threw;
    }
    std::fflush(nullptr);
    ::_exit(code);  // the pipe's end closes with the process
  }
  ::close(ends[1]);
  if (pid < 0) {
    ::close(ends[0]);
    return false;
  }
  children_[ends[0]] = {pid, task};
  return true;
}

std::optional<ChildProcesses::Ended> ChildProcesses::wait() {
  std::vector<pollfd> pipes;
  for (const auto& [pipe, child] : children_) pipes.push_back({pipe, POLLIN, 0});
  if (::poll(pipes.data(), pipes.size(), -1) <= 0) return std::nullopt;
  for (const pollfd& ready : pipes) {
    if (ready.revents == 0) continue;
    const Child child = children_[ready.fd];
    children_.erase(ready.fd);
    ::close(ready.fd);
    int status = 0;
    while (::waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
    }
    return Ended{child.task, failure_of(status)};
  }
  return std::nullopt;
}

void ChildProcesses::interrupt() const {
  for (const auto& [pipe, child] : children_) ::kill(child.pid, SIGINT);
}

}  // namespace sluice::app
