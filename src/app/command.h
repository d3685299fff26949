#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "app/options.h"

namespace CLI {
class App;
}

namespace sluice::app {

/// What a command does once its arguments are read; returns the exit code.
using Action = std::function<int(const Options&)>;

/// A command: one file in commands/ and one row in commands.cc. Help, completions and the documentation
/// test derive from the row.
struct Command {
  std::string_view name;     ///< as typed; a subcommand's is `rules list`
  std::string_view summary;  ///< one line
  std::string_view help;     ///< paragraphs and at least one example, shown by --help
  /// Adds the command's own arguments to `cli` and gives what to run when it was chosen.
  Action (*define)(CLI::App& cli);
  /// Whether the common scan options (-f, -o, -b, ...) make sense for it.
  bool scans = true;
  /// Whether at least those for reports do (-f, -o, --exit-code); a command that scans has them all.
  bool reports = false;
};

std::span<const Command> commands();

}  // namespace sluice::app
