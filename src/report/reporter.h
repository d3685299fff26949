#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "finding/audit.h"

namespace sluice::report {

/// How a report is drawn. Formats ignore what they have no use for.
struct RenderOptions {
  bool redact = true;       ///< leave secrets out; false shows them, at the user's explicit wish
  bool color = false;       ///< text: ANSI colours
  bool verbose = false;     ///< text: suppressed findings and all that was skipped, too
  bool quiet = false;       ///< text: one line a finding or problem and nothing else
  std::size_t width = 100;  ///< text: columns to wrap at
  std::string tool_version;
};

/// One way to write an Audit. A row of formats.cc: `--format`, its help and its completion come
/// from the row, and the golden tests walk the rows.
struct Format {
  std::string_view name;
  std::string_view help;
  /// File name endings it is chosen for, with the dot and separated by spaces; may be empty.
  std::string_view file_extensions;
  /// The whole report, ending in a newline. Whatever the audit holds, the result is valid in the
  /// format and carries no terminal control sequence of outside origin.
  std::string (*render)(const Audit& audit, const RenderOptions& options);
};

}  // namespace sluice::report
