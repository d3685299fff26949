#include "app/github_actions.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "app/output.h"
#include "app/version.h"
#include "report/formats.h"

namespace sluice::app {
namespace {

constexpr std::size_t largest_summary = 1000u
                                        << 10;  // bytes; GitHub drops a step's summary above 1 MiB

Status append_file(const std::string& path, const std::string& text) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "ab"),
                                                             &std::fclose);
  const bool written = file != nullptr &&
                       std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                       std::fflush(file.get()) == 0;
  if (written) return {};
  return fail(ErrorKind::io, fmt::format("cannot append: {}", std::strerror(errno)), path);
}

std::string render(const char* format, const Audit& audit) {
  report::RenderOptions render;
  render.tool_version = version;
  return report::find_format(format)->render(audit, render);
}

}  // namespace

Status write_for_github_actions(const Options& options, const Audit& audit,
                                const Environment& environment) {
  if (variable(environment, "GITHUB_ACTIONS") != "true") return {};
  if (options.formats.empty()) SLUICE_TRY(write_stdout(render("github", audit)));
  const std::string path = variable(environment, "GITHUB_STEP_SUMMARY");
  if (path.empty()) return {};
  const std::string summary = render("markdown", audit);
  if (summary.size() <= largest_summary) return append_file(path, summary);
  return append_file(path, "sluice: the report is too long for a summary; see the log.\n");
}

}  // namespace sluice::app
