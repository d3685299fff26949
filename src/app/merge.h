#pragma once

#include <string>
#include <vector>

#include "app/conclusion.h"
#include "base/result.h"
#include "finding/audit.h"

namespace sluice::app {

/// A report to be joined with others.
struct Part {
  std::string name;  ///< its file, for messages
  std::string tool_version;
  Audit audit;
};

/// Joins reports. The parts of one run (Audit::shard) become the report that the whole run would have
/// given, but for Scope::seconds, which is their sum; all of them must be there, once. Reports that
/// are no parts are laid side by side: what several say is said once. `gate` is for findings.
/// Errors: refused (parts missing, given twice, of different runs, or mixed with whole reports);
/// invalid_input (a part whose baseline cannot be read).
Result<Audit> merge(std::vector<Part> parts, const Gate& gate);

}  // namespace sluice::app
