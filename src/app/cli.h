#pragma once

namespace sluice::app {

/// Reads the arguments, runs the command they name and returns the exit code: 0 clean, 1 (or
/// --exit-code) findings, 2 could not do the job, wrong arguments among it.
int run_command_line(int argc, char** argv);

}  // namespace sluice::app
