#include "app/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "app/command.h"
#include "app/output.h"
#include "app/print_error.h"
#include "app/version.h"
#include "report/formats.h"

namespace sluice::app {
namespace {

std::string format_help() {
  std::string help = "Report format on standard output:";
  for (const report::Format& format : report::formats()) help += fmt::format(" {}", format.name);
  return help;
}

void add_repository_options(CLI::App& cli, Options& options) {
  cli.add_option("-C", options.directory, "Run as if started in DIR")->type_name("DIR");
  cli.add_option("-c,--config", options.policy_file, "Policy file (default: .sluice.yaml at the top)")
      ->type_name("FILE");
  cli.add_flag("-v,--verbose", options.verbose, "Show suppressed findings and everything skipped");
  cli.add_flag("-q,--quiet", options.quiet, "One line a finding, no progress");
  cli.add_flag("!--no-color", options.color, "No colour, even on a terminal");
}

void add_report_options(CLI::App& cli, Options& options) {
  cli.add_option("-f,--format", options.formats, format_help())->type_name("FORMAT")->allow_extra_args(false);
  cli.add_option("-o,--output", options.outputs,
                 "Also write a report: FILE, format by its name, or FORMAT=FILE; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  cli.add_option("--exit-code", options.exit_code, "Exit code for findings")
      ->type_name("N")
      ->check(CLI::Range(0, 255))
      ->capture_default_str();
  cli.add_option_function<std::string>(
         "--fail-on", [&options](const std::string& name) { options.fail_on = *parse_severity(name); },
         "Least severity that fails the run (default: low for secrets, medium for checks)")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"low", "medium", "high", "critical"}).description(""));
}

void add_scan_options(CLI::App& cli, Options& options) {
  cli.add_option("-b,--baseline", options.baseline, "Baseline of accepted findings")->type_name("FILE");
  cli.add_flag("--redact,!--no-redact", options.redact, "Leave secrets out of reports (default), or show them");
  cli.add_option("-j,--jobs", options.jobs, "Threads (default: one per core)")->type_name("N");
  cli.add_option("--since", options.since, "Leave out findings of commits before DATE ('2026-01-31', '3 weeks ago')")
      ->type_name("DATE");
  cli.add_option("--max-blob-size", options.max_blob_size, "Skip larger blobs and say so (10M)")
      ->type_name("SIZE");
  cli.add_option("--enable", options.enable, "Use only this rule or check; repeatable")
      ->type_name("RULE")
      ->allow_extra_args(false);
  cli.add_option("--disable", options.disable, "Do not use this rule or check; repeatable")
      ->type_name("RULE")
      ->allow_extra_args(false);
  cli.add_option_function<std::string>(
         "--severity",
         [&options](const std::string& name) { options.least_severity = *parse_severity(name); },
         "Least severity that counts: low medium high critical")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"low", "medium", "high", "critical"}).description(""));
  cli.add_option_function<std::string>(
         "--confidence",
         [&options](const std::string& name) { options.least_confidence = *parse_confidence(name); },
         "Least confidence that counts: low medium high (default: medium for commits and ranges)")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"low", "medium", "high"}).description(""));
}

// The app for a command's name; `rules list` lies below `rules`.
CLI::App& place_for(CLI::App& root, const Command& command, std::map<std::string, CLI::App*>& groups) {
  std::string name(command.name);
  CLI::App* parent = &root;
  const auto space = name.find(' ');
  if (space != std::string::npos) {
    const std::string group = name.substr(0, space);
    CLI::App*& known = groups[group];
    if (known == nullptr) {
      known = root.add_subcommand(group, fmt::format("See 'sluice {} --help'", group));
      known->require_subcommand(1);
    }
    parent = known;
    name = name.substr(space + 1);
  }
  CLI::App* app = parent->add_subcommand(name, std::string(command.summary));
  app->footer(std::string(command.help));
  return *app;
}

// Takes what stands behind `--` of `sluice run ... -- COMMAND` away from argv: it is not ours to parse.
std::vector<std::string> take_command(int& argc, char** argv) {
  int at = 1;
  while (at < argc && argv[at][0] == '-') at += std::string_view(argv[at]) == "-C" ? 2 : 1;
  if (at >= argc || std::string_view(argv[at]) != "run") return {};
  while (at < argc && std::string_view(argv[at]) != "--") ++at;
  if (at >= argc) return {};
  std::vector<std::string> command(argv + at + 1, argv + argc);
  argc = at;
  return command;
}

// The command that the arguments name in full, or null where all must be known: to tell what there is, and
// to complete them.
const Command* named_command(int argc, char** argv) {
  int at = 1;
  while (at + 1 < argc && std::string_view(argv[at]) == "-C") at += 2;
  if (at >= argc) return nullptr;
  const std::string word = argv[at];
  const std::string words = at + 1 < argc ? word + " " + argv[at + 1] : word;
  for (const Command& command : commands()) {
    if (word != "completions" && (command.name == word || command.name == words)) return &command;
  }
  return nullptr;
}

int parse_failure(const CLI::App& root, const CLI::ParseError& error) {
  const bool asked_for_help = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
  root.exit(error);
  return asked_for_help ? 0 : 2;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App root("sluice decides what may flow into a Git repository: no secrets, no configuration that\n"
                "does not merge, no tracked .env. Start with 'sluice install' or 'sluice history'.",
                "sluice");
  root.set_version_flag("--version", fmt::format("sluice {}", version));
  root.require_subcommand(1);
  root.footer("Exit codes: 0 clean, 1 findings, 2 could not do the job.\n"
              "'sluice COMMAND --help' explains a command with an example.");
  Options options;
  options.command = take_command(argc, argv);
  root.add_option("-C", options.directory, "Run as if started in DIR")->type_name("DIR");

  int exit_code = 2;
  std::map<std::string, CLI::App*> groups;
  // Defining every command takes longer than reading the arguments of one.
  const Command* const named = named_command(argc, argv);
  for (const Command& command : named != nullptr ? std::span(named, 1) : commands()) {
    CLI::App& app = place_for(root, command, groups);
    add_repository_options(app, options);
    if (command.scans || command.reports) add_report_options(app, options);
    if (command.scans) add_scan_options(app, options);
    Action action = command.define(app);
    app.callback([&options, &exit_code, action = std::move(action)] {
      if (const Status status = check_outputs(options); !status) {
        print_error(status.error());
        return;
      }
      exit_code = action(options);
    });
  }
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return parse_failure(root, error);
  }
  return exit_code;
}

}  // namespace sluice::app
