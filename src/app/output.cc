#include "app/output.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <vector>

#include "app/print_error.h"
#include "app/version.h"
#include "base/file.h"
#include "base/text.h"
#include "report/formats.h"

namespace sluice::app {
namespace {

struct Output {
  const report::Format* format;
  std::string file;  // empty: standard output
};

Result<const report::Format*> format_named(const std::string& name) {
  if (const report::Format* format = report::find_format(name)) return format;
  std::vector<std::string> names;
  for (const report::Format& format : report::formats()) names.emplace_back(format.name);
  const std::string near = base::nearest(name, names);
  return fail(ErrorKind::invalid_input, fmt::format("there is no report format '{}'", name), "--format",
              near.empty() ? fmt::format("one of: {}", fmt::join(names, ", "))
                           : fmt::format("did you mean '{}'?", near));
}

// `sarif=out.txt`, or a format left over from -f, or what the file's name says.
Result<Output> output_of(const std::string& argument, const report::Format* given) {
  const auto equals = argument.find('=');
  if (equals != std::string::npos && report::find_format(argument.substr(0, equals)) != nullptr) {
    return Output{report::find_format(argument.substr(0, equals)), argument.substr(equals + 1)};
  }
  if (given != nullptr) return Output{given, argument};
  if (const report::Format* format = report::format_for_file(argument)) return Output{format, argument};
  return fail(ErrorKind::invalid_input,
              fmt::format("the name '{}' does not tell the report's format", argument), "--output",
              "write it as FORMAT=FILE, for example sarif=report.txt");
}

Result<std::vector<Output>> outputs_of(const Options& options) {
  std::vector<const report::Format*> formats;
  for (const std::string& name : options.formats) {
    SLUICE_TRY_ASSIGN(const report::Format* const format, format_named(name));
    formats.push_back(format);
  }
  const bool paired = !formats.empty() && formats.size() == options.outputs.size();
  std::vector<Output> outputs;
  for (std::size_t i = 0; i < options.outputs.size(); ++i) {
    SLUICE_TRY_ASSIGN(Output output,
                      output_of(options.outputs[i], paired ? formats[i] : nullptr));
    outputs.push_back(std::move(output));
  }
  if (paired || formats.empty()) {
    outputs.push_back({&report::formats().front(), ""});
    return outputs;
  }
  if (formats.size() > 1 && !options.outputs.empty()) {
    return fail(ErrorKind::invalid_input, "it is not clear which format goes to which file", "--output",
                "write each as FORMAT=FILE, for example -o sarif=a.sarif -o json=b.json");
  }
  for (const report::Format* format : formats) outputs.push_back({format, ""});
  return outputs;
}

std::size_t terminal_width() {
  winsize size{};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? std::clamp<std::size_t>(size.ws_col, 40, 140) : 100;
}

}  // namespace

Status check_outputs(const Options& options) {
  const auto outputs = outputs_of(options);
  if (!outputs) return tl::unexpected<Error>(outputs.error());
  return {};
}

bool use_color(const Options& options) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return options.color && ::isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0') &&
         (term == nullptr || std::strcmp(term, "dumb") != 0);
}

Status write_stdout(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      return fail(ErrorKind::io, fmt::format("cannot write: {}", std::strerror(errno)), "standard output");
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status write_reports(const Options& options, const Audit& audit) {
  SLUICE_TRY_ASSIGN(const std::vector<Output> outputs, outputs_of(options));
  report::RenderOptions render;
  render.redact = options.redact;
  render.verbose = options.verbose;
  render.quiet = options.quiet;
  render.tool_version = version;
  std::optional<Error> first;
  for (const Output& output : outputs) {
    render.color = output.file.empty() && use_color(options);
    render.width = output.file.empty() ? terminal_width() : 100;
    const std::string text = output.format->render(audit, render);
    const Status status =
        output.file.empty() ? write_stdout(text) : base::write_file(output.file, text);
    if (!status && !first) first = status.error();
  }
  if (first) return tl::unexpected<Error>(*first);
  return {};
}

void report_failure(const Error& error) {
  print_error({error.kind, "the report could not be written: " + error.what, error.where,
               error.remedy.empty() ? "nothing may be taken as clean" : error.remedy});
}

}  // namespace sluice::app
