#include "app/child_environment.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <unordered_set>

extern char** environ;

namespace sluice::app {

ChildEnvironment::ChildEnvironment(const std::vector<secrets::Variable>& variables) {
  std::unordered_set<std::string_view> replaced;
  for (const secrets::Variable& variable : variables) {
    replaced.insert(variable.name);
    secrets::SecureBytes line;
    line.reserve(variable.name.size() + variable.value.size() + 2);
    secrets::append(line, variable.name);
    line.push_back('=');
    secrets::append(line, secrets::reveal(variable.value));
    line.push_back('\0');
    lines_.push_back(std::move(line));
  }
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!replaced.contains(text.substr(0, text.find('=')))) pointers_.push_back(*entry);
  }
  for (secrets::SecureBytes& line : lines_) pointers_.push_back(line.data());
  pointers_.push_back(nullptr);
}

Error execute(const std::vector<std::string>& command, const ChildEnvironment& environment) {
  std::vector<char*> arguments;
  for (const std::string& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  std::signal(SIGPIPE, SIG_DFL);  // what is ignored stays so over execve
  ::execvpe(arguments.front(), arguments.data(), environment.block());
  const int code = errno;
  const ErrorKind kind = code == ENOENT   ? ErrorKind::not_found
                         : code == EACCES ? ErrorKind::unreadable
                                          : ErrorKind::io;
  Error error{kind, fmt::format("cannot run: {}", std::strerror(code)), command.front(), {}};
  errno = code;
  return error;
}

}  // namespace sluice::app
