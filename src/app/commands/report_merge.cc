#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/enter_directory.h"
#include "app/merge.h"
#include "app/output.h"
#include "app/print_error.h"
#include "base/file.h"
#include "report/reader.h"

namespace sluice::app {
namespace {

Result<Audit> merge_files(const std::vector<std::string>& files, const Gate& gate) {
  std::vector<Part> parts;
  for (const std::string& file : files) {
    SLUICE_TRY_ASSIGN(const std::string text, base::read_file(file));
    SLUICE_TRY_ASSIGN(report::ReadReport read, report::read_report(text, file));
    parts.push_back({file, std::move(read.tool_version), std::move(read.audit)});
  }
  return merge(std::move(parts), gate);
}

int merge_and_report(const Options& options, const std::vector<std::string>& files) {
  if (const Status status = enter_directory(options.directory); !status) {
    print_error(status.error());
    return 2;
  }
  const auto audit = merge_files(files, {options.exit_code, options.fail_on});
  if (!audit) {
    print_error(audit.error());
    return 2;
  }
  if (const Status status = write_reports(options, *audit); !status) {
    report_failure(status.error());
    return 2;
  }
  return audit->exit_code;
}

}  // namespace

Action define_report_merge(CLI::App& cli) {
  const auto files = std::make_shared<std::vector<std::string>>();
  cli.add_option("FILE", *files, "Reports that sluice wrote as JSON; of shards, SARIF will do, too")
      ->required();
  return [files](const Options& options) { return merge_and_report(options, *files); };
}

}  // namespace sluice::app
