#pragma once

#include <vector>

#include "base/result.h"

namespace sluice::app {

/// Prints an error for a person on standard error: what, where, what to do next.
void print_error(const Error& error);

/// Prints each of them; gives the exit code that they mean.
int print_errors(const std::vector<Error>& errors);

}  // namespace sluice::app
