#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/output.h"
#include "app/print_error.h"
#include "app/session.h"
#include "base/text.h"
#include "config/checks.h"
#include "deploy/checks.h"
#include "policy/checks.h"
#include "project/checks.h"
#include "structure/check.h"

namespace sluice::app {
namespace {

std::string row(std::string_view label, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("{:<11} {}\n", label, text);
}

std::string row(std::string_view label, rules::Strings texts) {
  std::string rows;
  for (const std::string_view text : texts) rows += row(rows.empty() ? label : "", text);
  return rows;
}

std::string explain(const rules::Rule& rule) {
  std::string text = fmt::format("{}: {}\n\n", rule.id, rule.title);
  text += row("what", rule.description);
  text += row("severity", to_string(rule.severity));
  text += row("confidence", to_string(rule.confidence));
  if (rule.is_judged) {
    text += row("judged", "by a learned model: each finding says how sure it is and why; the rule sets the most");
  }
  if (rule.shape == rules::Shape::assignment) text += row("shape", "a value given to a name with a keyword");
  if (rule.shape == rules::Shape::uuid) text += row("shape", "a UUID");
  text += row("keywords", base::escape_for_terminal(fmt::format("{}", fmt::join(rule.keywords, ", "))));
  text += row("pattern", rule.pattern);
  if (rule.entropy > 0) text += row("entropy", fmt::format("at least {} bits a byte", rule.entropy));
  if (const auto* check = structure::find_check(rule.verify)) {
    text += row("proven when", fmt::format("{} ({}); else the confidence is low", check->meaning, check->name));
  }
  if (!rule.pair_rule.empty()) {
    text += row("pairs with", fmt::format("{}, at most {} lines away: one finding", rule.pair_rule, rule.pair_within));
  }
  if (rule.half_only) text += row("told", "only as the other half of a rule that pairs with it");
  text += row("not if", rule.reject_words);
  text += row("not like", rule.reject_shapes);
  text += row("not in", rule.reject_context);
  text += row("only paths", rule.include_paths);
  text += row("never paths", rule.exclude_paths);
  text += row("matches", rule.match);
  text += row("does not", rule.no_match);
  text += row("remedy", rule.remedy);
  text += row("reference", rule.reference);
  text += fmt::format("\nTo allow one finding: a comment 'sluice:allow {} REASON' on its line or the line above.\n",
                      rule.id);
  return text;
}

template <class Check>
std::string explain_check(const Check& check) {
  return fmt::format("{}: {}\n\n{}{}", check.id, check.help, row("severity", to_string(check.severity)),
                     row("remedy", check.remedy));
}

std::string explanation(const Session& session, const std::string& id) {
  if (const rules::Rule* rule = session.rules().find(id)) return explain(*rule);
  for (const auto& check : config::checks()) {
    if (check.id == id) return explain_check(check);
  }
  for (const auto& check : policy::checks()) {
    if (check.id == id) return explain_check(check);
  }
  for (const auto& check : deploy::checks()) {
    if (check.id == id) return explain_check(check);
  }
  for (const auto& check : project::checks()) {
    if (check.id == id) return explain_check(check);
  }
  return {};
}

}  // namespace

Action define_rules_explain(CLI::App& cli) {
  const auto id = std::make_shared<std::string>();
  cli.add_option("ID", *id, "Rule or check")->required();
  return [id](const Options& options) {
    const auto session = Session::open(options, Session::Needs::nothing);
    if (!session) return 2;
    const std::string text = explanation(*session, *id);
    if (!text.empty()) return write_stdout(text) ? 0 : 2;
    std::vector<std::string> known = check_ids();
    for (const rules::Rule* rule : session->rules().rules()) known.emplace_back(rule->id);
    const std::string near = base::nearest(*id, known);
    print_error({ErrorKind::not_found, fmt::format("there is no rule or check '{}'", *id), "",
                 near.empty() ? "see 'sluice rules list'" : fmt::format("did you mean '{}'?", near)});
    return 2;
  };
}

}  // namespace sluice::app
