#include <exception>

#include "app/cli.h"
#include "app/interrupt.h"
#include "app/leave.h"
#include "app/print_error.h"

int main(int argc, char** argv) {
  try {
    sluice::app::install_signal_handlers();
    sluice::app::leave(sluice::app::run_command_line(argc, argv));
  } catch (const std::exception& error) {
    // Out of memory or a broken invariant: nothing was decided.
    sluice::app::print_error({sluice::ErrorKind::io, error.what(), "", "nothing may be taken as clean"});
    return 2;
  }
}
