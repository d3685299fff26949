#pragma once

#include "app/options.h"
#include "base/result.h"
#include "finding/audit.h"

namespace sluice::app {

/// Checks -f and -o before the run, so that a typing error does not cost one.
/// Errors: invalid_input (unknown format, counts that do not pair up).
Status check_outputs(const Options& options);

/// Writes what -f and -o ask for: text to standard output by default, each -o to its file. Every
/// output is tried; the first failure is returned. Errors: io, unreadable.
Status write_reports(const Options& options, const Audit& audit);

/// Writes `text` to standard output. Errors: io (disk full, a closed pipe).
Status write_stdout(std::string_view text);

/// Says on standard error that the report could not be written.
void report_failure(const Error& error);

/// True when standard output is a terminal and nothing (--no-color, NO_COLOR, TERM=dumb) forbids colour.
bool use_color(const Options& options);

}  // namespace sluice::app
