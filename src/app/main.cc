#include <unistd.h>

#include <cstdio>
#include <exception>
#include <iostream>

#include "app/cli.h"
#include "app/interrupt.h"
#include "app/print_error.h"

namespace {

// What the process holds goes with it, at once: taking down tables that nobody asks again, one by one, is a part
// of the time that a hook takes. Sanitizers look for leaks at an ordinary end.
int leave(int exit_code) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  std::cout.flush();
  std::fflush(nullptr);
  ::_exit(exit_code);
#endif
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    sluice::app::install_signal_handlers();
    return leave(sluice::app::run_command_line(argc, argv));
  } catch (const std::exception& error) {
    // Out of memory or a broken invariant: nothing was decided.
    sluice::app::print_error({sluice::ErrorKind::io, error.what(), "", "nothing may be taken as clean"});
    return leave(2);
  }
}
