#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sluice::container {

/// What a program may use, at most.
struct Allowance {
  unsigned cpu_seconds = 1;    ///< of processor time
  unsigned wall_seconds = 1;
  std::uint64_t memory = 0;    ///< bytes of address space
  std::uint64_t output = 0;    ///< bytes
};

/// How a program came to its end.
struct ProgramEnd {
  enum class Kind {
    exited,
    out_of_time,
    out_of_output,
    crashed,
  };
  Kind kind = Kind::exited;
  int code = 0;            ///< the exit code; of a crash the signal
  double cpu_seconds = 0;  ///< used
  std::string output;      ///< what it had written by then
};

/// Where the program `name` is: in the first of PATH's absolute folders that has it. Empty when none has.
std::string find_program(std::string_view name);

/// Runs `command`, which begins with an absolute path, with `input` as its standard input: a reader of strangers'
/// bytes that they might lead astray or take over. It has no environment, no file that is open here, no way to more
/// rights or processes and no more than `allowance`, and ends when this thread does. May be called by any thread.
/// Errors: io (no memory or process to be had, or the program cannot be started).
Result<ProgramEnd> run_confined(const std::vector<std::string>& command, std::string_view input,
                                const Allowance& allowance);

}  // namespace sluice::container
