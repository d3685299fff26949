#pragma once

#include "app/command.h"

namespace sluice::app {

struct ResolveOptions;

/// The options of commands that resolve one environment's configuration.
void add_resolve_options(CLI::App& cli, ResolveOptions& what);

// One function a command, each in the file of its name.
Action define_staged(CLI::App& cli);
Action define_message(CLI::App& cli);
Action define_range(CLI::App& cli);
Action define_ci(CLI::App& cli);
Action define_history(CLI::App& cli);
Action define_dir(CLI::App& cli);
Action define_stdin(CLI::App& cli);
Action define_check(CLI::App& cli);
Action define_config_check(CLI::App& cli);
Action define_config_show(CLI::App& cli);
Action define_config_diff(CLI::App& cli);
Action define_config_matrix(CLI::App& cli);
Action define_config_why(CLI::App& cli);
Action define_config_render(CLI::App& cli);
Action define_run(CLI::App& cli);
Action define_rules_list(CLI::App& cli);
Action define_rules_explain(CLI::App& cli);
Action define_rules_test(CLI::App& cli);
Action define_baseline_write(CLI::App& cli);
Action define_baseline_check(CLI::App& cli);
Action define_report_merge(CLI::App& cli);
Action define_install(CLI::App& cli);
Action define_uninstall(CLI::App& cli);
Action define_doctor(CLI::App& cli);
Action define_completions(CLI::App& cli);

}  // namespace sluice::app
