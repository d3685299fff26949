#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/define.h"
#include "app/doctor.h"
#include "app/environment_doctor.h"
#include "app/output.h"
#include "app/print_error.h"
#include "base/text.h"
#include "secrets/core_dumps.h"

namespace sluice::app {
namespace {

using Diagnoses = std::vector<Diagnosis>;

struct DoctorArguments {
  ResolveOptions what;
  std::string format = "text";
  bool json = false;

  bool is_json() const { return json || format == "json"; }
  bool names_environment() const {
    return !what.query.environment.empty() || !what.query.path.empty() || !what.env_file.empty();
  }
};

struct Appearance {
  std::string_view word;  // for machines
  std::string_view mark;
  std::string_view color;
};

Appearance appearance_of(Health health) {
  switch (health) {
    case Health::healthy:
      return {"healthy", "✓", "\x1b[32m"};
    case Health::advice:
      return {"advice", "!", "\x1b[33m"};
    case Health::sick:
      return {"sick", "✗", "\x1b[31m"};
    case Health::undecided:
      return {"undecided", "?", "\x1b[31m"};
  }
  return {};
}

bool any(const Diagnoses& list, Health health) {
  return std::any_of(list.begin(), list.end(),
                     [health](const Diagnosis& one) { return one.health == health; });
}

bool all_healthy(const Diagnoses& list) {
  return !any(list, Health::sick) && !any(list, Health::undecided);
}

int exit_code(const Diagnoses& list) {
  if (any(list, Health::undecided)) return 2;
  return any(list, Health::sick) ? 1 : 0;
}

std::string as_text(const Diagnoses& list, bool color) {
  std::string text;
  for (const Diagnosis& one : list) {
    const Appearance appearance = appearance_of(one.health);
    text += fmt::format("{}{}{} {}\n", color ? appearance.color : "", appearance.mark,
                        color ? "\x1b[0m" : "", base::escape_for_terminal(one.what));
    if (!one.remedy.empty()) text += fmt::format("  → {}\n", base::escape_for_terminal(one.remedy));
  }
  return text;
}

nlohmann::ordered_json as_json(const Diagnoses& list) {
  nlohmann::ordered_json checks = nlohmann::ordered_json::array();
  for (const Diagnosis& one : list) {
    checks.push_back({{"id", one.id},
                      {"healthy", one.health == Health::healthy || one.health == Health::advice},
                      {"health", appearance_of(one.health).word},
                      {"what", base::to_valid_utf8(one.what)},
                      {"remedy", base::to_valid_utf8(one.remedy)}});
  }
  return checks;
}

std::string summary(const EnvironmentDiagnosis& diagnosis) {
  const char* const verdict = any(diagnosis.list, Health::undecided)
                                  ? "not all of it could be looked at."
                              : any(diagnosis.list, Health::sick) ? "something is wrong."
                                                                  : "its secrets are in place.";
  return fmt::format("{}: {} reference{}; {}\n", base::escape_for_terminal(diagnosis.environment),
                     diagnosis.references, diagnosis.references == 1 ? "" : "s", verdict);
}

Result<int> examine_gate(const Options& options, bool json) {
  SLUICE_TRY_ASSIGN(const git::Repository repository, git::Repository::open(options.directory));
  SLUICE_TRY_ASSIGN(const auto list, diagnose(repository, options.policy_file));
  if (json) {
    const nlohmann::ordered_json report = {{"schema", "sluice-doctor/1"},
                                           {"healthy", all_healthy(list)},
                                           {"checks", as_json(list)}};
    SLUICE_TRY(write_stdout(report.dump(2) + "\n"));
  } else {
    SLUICE_TRY(write_stdout(as_text(list, use_color(options)) +
                            (all_healthy(list) ? "The gate is active here.\n"
                                               : "The gate is not fully active here.\n")));
  }
  return exit_code(list);
}

int examine_environment(const Options& options, const DoctorArguments& arguments) {
  secrets::forbid_core_dumps();
  const auto diagnosis = diagnose_environment(options, arguments.what);
  if (!diagnosis) return print_errors(diagnosis.error());
  const Diagnoses& list = diagnosis->list;
  std::string text;
  if (arguments.is_json()) {
    const nlohmann::ordered_json report = {
        {"schema", "sluice-doctor/1"},
        {"environment", base::to_valid_utf8(diagnosis->environment)},
        {"healthy", all_healthy(list)},
        {"checks", as_json(list)}};
    text = report.dump(2) + "\n";
  } else {
    text = as_text(list, use_color(options)) + summary(*diagnosis);
  }
  const Status status = write_stdout(text);
  return status ? exit_code(list) : print_errors({status.error()});
}

}  // namespace

Action define_doctor(CLI::App& cli) {
  const auto arguments = std::make_shared<DoctorArguments>();
  add_resolve_options(cli, arguments->what);
  cli.add_option("--format", arguments->format, "text (default) or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}).description(""));
  cli.add_flag("--json", arguments->json, "The same as --format json");
  return [arguments](const Options& options) {
    if (arguments->names_environment()) return examine_environment(options, *arguments);
    const auto code = examine_gate(options, arguments->is_json());
    if (code) return *code;
    print_error(code.error());
    return 2;
  };
}

}  // namespace sluice::app
