#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "finding/audit.h"

namespace sluice::report {

/// A report that was read back.
struct ReadReport {
  Audit audit;
  std::string tool_version;  ///< of the program that wrote it
};

/// Reads what render_json wrote or, for the part of a run (Audit::shard), what render_sarif wrote:
/// other SARIF files do not carry all of a report. Secrets that were left out stay so
/// (Secret::withheld). Unknown members are passed over: newer versions of the schema may add some.
/// Errors: invalid_input (no JSON, no report of this program, another schema, a member that is
/// missing or wrong), with `path`, and line and column or a JSON pointer, in `where`.
Result<ReadReport> read_report(std::string_view text, const std::string& path);

}  // namespace sluice::report
