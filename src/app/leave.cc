#include "app/leave.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace sluice::app {

void leave(int exit_code) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  std::exit(exit_code);  // where they look for leaks
#else
  std::cout.flush();
  std::fflush(nullptr);
  ::_exit(exit_code);
#endif
}

}  // namespace sluice::app
