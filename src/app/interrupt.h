#pragma once

namespace sluice::app {

/// Makes SIGINT and SIGTERM ask the run to stop (a second one ends the process at once), and SIGPIPE a
/// write error. Call once, first.
void install_signal_handlers();

/// True once the user asked to stop.
bool is_interrupted();

}  // namespace sluice::app
