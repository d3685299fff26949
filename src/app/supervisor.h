#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/child_environment.h"
#include "base/result.h"
#include "secrets/masker.h"

namespace sluice::app {

/// What a supervised command is to do when its secrets have changed.
enum class Rotation { nothing, restart, signal };

struct Supervision {
  std::vector<std::string> command;
  /// The environment to start with, asked for at each start.
  std::function<ChildEnvironment()> environment;
  /// Values to mask in standard output and standard error; null: both are handed through untouched.
  std::function<std::vector<secrets::SecureBytes>()> masked;
  /// Asked every `refresh_seconds`: true when secrets have changed and the command must know.
  std::function<bool()> has_changed;
  int refresh_seconds = 0;  ///< 0: never
  Rotation rotation = Rotation::nothing;
  int rotation_signal = 0;  ///< for Rotation::signal
};

/// How a command ended.
struct Ending {
  int exit_code = 0;
  int signal = 0;  ///< that killed it; 0: none
};

/// Runs a command and waits for it. Signals that other processes send to this one go on to it
/// (those of the terminal it gets itself). A restart asks with SIGTERM and waits ten seconds. To be
/// called with one thread. Errors: as execute; io.
Result<Ending> supervise(const Supervision& supervision);

/// Ends this process as the command ended: with its exit code or by the same signal.
[[noreturn]] void end_like(const Ending& ending);

}  // namespace sluice::app
