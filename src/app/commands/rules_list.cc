#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/commands/define.h"
#include "app/output.h"
#include "app/session.h"
#include "config/checks.h"
#include "deploy/checks.h"
#include "policy/checks.h"
#include "project/checks.h"

namespace sluice::app {

Action define_rules_list(CLI::App&) {
  return [](const Options& options) {
    const auto session = Session::open(options, Session::Needs::nothing);
    if (!session) return 2;
    std::string text;
    std::vector<const rules::Rule*> active = session->active_rules();
    std::sort(active.begin(), active.end(),
              [](const rules::Rule* a, const rules::Rule* b) { return a->id < b->id; });
    for (const rules::Rule* rule : active) {
      text += fmt::format("{:<44} {:<9} {:<7} {}\n", rule->id, to_string(rule->severity),
                          to_string(rule->confidence), rule->title);
    }
    const auto row = [&](const auto& check) {
      if (!session->is_active(std::string(check.id))) return;
      text += fmt::format("{:<44} {:<9} {:<7} {}\n", check.id, to_string(check.severity), "high",
                          check.help);
    };
    for (const auto& check : config::checks()) row(check);
    for (const auto& check : policy::checks()) row(check);
    for (const auto& check : deploy::checks()) row(check);
    for (const auto& check : project::checks()) row(check);
    return write_stdout(text) ? 0 : 2;
  };
}

}  // namespace sluice::app
