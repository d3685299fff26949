#pragma once

#include <string>

#include "report/reporter.h"

namespace sluice::report {

/// One function a format, each in the .cc file of its name; formats.cc lists them.
std::string render_text(const Audit& audit, const RenderOptions& options);
std::string render_json(const Audit& audit, const RenderOptions& options);
std::string render_sarif(const Audit& audit, const RenderOptions& options);
std::string render_junit(const Audit& audit, const RenderOptions& options);
std::string render_csv(const Audit& audit, const RenderOptions& options);
std::string render_github(const Audit& audit, const RenderOptions& options);
std::string render_markdown(const Audit& audit, const RenderOptions& options);
std::string render_html(const Audit& audit, const RenderOptions& options);

/// The JSON report on one line without a newline, for embedding in another format; without the
/// member `shard`.
std::string compact_json(const Audit& audit, const RenderOptions& options);

}  // namespace sluice::report
