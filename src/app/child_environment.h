#pragma once

#include <string>
#include <vector>

#include "secrets/variables.h"

namespace sluice::app {

/// The environment of a command: this process's own, with `variables` laid over it. Wiped when it
/// goes.
class ChildEnvironment {
 public:
  explicit ChildEnvironment(const std::vector<secrets::Variable>& variables);

  /// For execve(2); lives as long as this object.
  char* const* block() const { return pointers_.data(); }

 private:
  std::vector<secrets::SecureBytes> lines_;
  std::vector<char*> pointers_;
};

/// Replaces this process by `command`, found along PATH. Returns only when that failed. Errors:
/// not_found, unreadable (no permission), io; errno is execve's.
Error execute(const std::vector<std::string>& command, const ChildEnvironment& environment);

}  // namespace sluice::app
