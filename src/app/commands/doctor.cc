#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/define.h"
#include "app/doctor.h"
#include "app/output.h"
#include "app/print_error.h"
#include "base/text.h"

namespace sluice::app {
namespace {

bool all_healthy(const std::vector<Diagnosis>& list) {
  return std::all_of(list.begin(), list.end(), [](const Diagnosis& one) { return one.is_healthy; });
}

std::string as_text(const std::vector<Diagnosis>& list, bool color) {
  std::string text;
  for (const Diagnosis& one : list) {
    const std::string_view mark = one.is_healthy ? "✓" : "✗";
    const std::string_view start = !color ? "" : one.is_healthy ? "\x1b[32m" : "\x1b[31m";
    text += fmt::format("{}{}{} {}\n", start, mark, color ? "\x1b[0m" : "",
                        base::escape_for_terminal(one.what));
    if (!one.remedy.empty()) text += fmt::format("  → {}\n", base::escape_for_terminal(one.remedy));
  }
  return text + (all_healthy(list) ? "The gate is active here.\n"
                                   : "The gate is not fully active here.\n");
}

std::string as_json(const std::vector<Diagnosis>& list) {
  nlohmann::ordered_json checks = nlohmann::ordered_json::array();
  for (const Diagnosis& one : list) {
    checks.push_back({{"id", one.id},
                      {"healthy", one.is_healthy},
                      {"what", base::to_valid_utf8(one.what)},
                      {"remedy", base::to_valid_utf8(one.remedy)}});
  }
  const nlohmann::ordered_json report = {
      {"schema", "sluice-doctor/1"}, {"healthy", all_healthy(list)}, {"checks", std::move(checks)}};
  return report.dump(2) + "\n";
}

Result<int> run_doctor(const Options& options, bool json) {
  SLUICE_TRY_ASSIGN(const git::Repository repository, git::Repository::open(options.directory));
  SLUICE_TRY_ASSIGN(const auto list, diagnose(repository, options.policy_file));
  SLUICE_TRY(write_stdout(json ? as_json(list) : as_text(list, use_color(options))));
  return all_healthy(list) ? 0 : 1;
}

}  // namespace

Action define_doctor(CLI::App& cli) {
  const auto json = std::make_shared<bool>(false);
  cli.add_flag("--json", *json, "For machines");
  return [json](const Options& options) {
    const auto code = run_doctor(options, *json);
    if (code) return *code;
    print_error(code.error());
    return 2;
  };
}

}  // namespace sluice::app
