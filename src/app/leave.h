#pragma once

namespace sluice::app {

/// Ends the process with `exit_code`, once what was printed is out. What it holds goes with it, at once: to take down
/// tables and mappings that nobody asks again, one by one, is a part of the time that a hook takes. Nothing that
/// must be done at an end may be left to a destructor that has not run yet.
[[noreturn]] void leave(int exit_code);

}  // namespace sluice::app
