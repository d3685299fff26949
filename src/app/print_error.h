#pragma once

#include "base/result.h"

namespace sluice::app {

/// Prints an error for a person on standard error: what, where, what to do next.
void print_error(const Error& error);

}  // namespace sluice::app
