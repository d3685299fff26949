#include "app/enter_directory.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sluice::app {

Status enter_directory(const std::string& directory) {
  if (::chdir(directory.c_str()) == 0) return {};
  return fail(ErrorKind::not_found, fmt::format("cannot go there: {}", std::strerror(errno)),
              directory, "give -C a folder that exists");
}

}  // namespace sluice::app
