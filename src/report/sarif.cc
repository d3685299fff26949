#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "report/json_cursor.h"
#include "report/renderers.h"
#include "report/sarif_places.h"
#include "report/shown.h"
#include "report/verdict.h"

// SARIF 2.1.0 (OASIS Standard, 27 March 2020), in the subset that GitHub code scanning reads:
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
namespace sluice::report {
namespace {

// GitHub rejects a run with more results.
constexpr std::size_t most_results = 25'000;
constexpr std::size_t most_notifications = 1'000;

std::string utf8(std::string_view text) { return base::to_valid_utf8(text); }

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high:
      return "error";
    case Severity::medium:
      return "warning";
    case Severity::low:
      break;
  }
  return "note";
}

// GitHub: above 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low.
std::string_view security_severity_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "9.5";
    case Severity::high:
      return "8.0";
    case Severity::medium:
      return "5.5";
    case Severity::low:
      break;
  }
  return "2.0";
}

// `github-token` as GithubToken: SARIF wants a name that reads like an identifier.
std::string identifier(std::string_view id) {
  std::string out;
  bool upper = true;
  for (const char c : id) {
    const bool small = c >= 'a' && c <= 'z';
    if (!small && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) {
      upper = true;
      continue;
    }
    out += upper && small ? static_cast<char>(c - 32) : c;
    upper = false;
  }
  return out.empty() ? "Rule" : out;
}

// The file of an old finding may be gone at HEAD, so the message says where it came from.
std::string message_of(const Finding& finding, bool redact) {
  std::string text = without_secret(finding.message, finding, redact);
  const Origin& origin = finding.origin;
  if (origin.commit.empty()) return text;
  text += fmt::format(" (since commit {}", short_id(origin.commit));
  if (!origin.date.empty()) text += ", " + origin.date;
  return text + ")";
}

Json suppressions_of(const Finding& finding) {
  Json out = Json::array();
  if (!finding.suppressed) return out;
  const bool in_source = finding.suppressed->by == "comment";
  out.push_back({{"kind", in_source ? "inSource" : "external"},
                 {"status", "accepted"},
                 {"justification", utf8(described(*finding.suppressed))}});
  return out;
}

Json properties_of(const Finding& finding) {
  Json out = {{"severity", std::string(to_string(finding.severity))},
              {"confidence", std::string(to_string(finding.confidence))},
              {"origin", std::string(to_string(finding.origin.kind))}};
  if (!finding.repository.empty()) out["repository"] = utf8(finding.repository);
  if (!finding.origin.commit.empty()) out["commit"] = utf8(finding.origin.commit);
  if (!finding.origin.date.empty()) out["date"] = utf8(finding.origin.date);
  if (!finding.origin.object.empty()) out["object"] = utf8(finding.origin.object);
  if (finding.present_at) out["presentAt"] = utf8(described(*finding.present_at));
  return out;
}

Json result_of(const Finding& finding, std::size_t rule_index, bool redact) {
  Json out = {{"ruleId", utf8(finding.rule)},
              {"ruleIndex", rule_index},
              {"level", std::string(level_of(finding.severity))},
              {"message", sarif_text(message_of(finding, redact))}};
  out["locations"] = Json::array({sarif_location(finding, redact)});
  Json related = sarif_related(finding, redact);
  if (!related.empty()) out["relatedLocations"] = std::move(related);
  if (!finding.fingerprint.empty()) {
    out["partialFingerprints"] = {{"sluice/v1", utf8(finding.fingerprint)}};
  }
  out["suppressions"] = suppressions_of(finding);
  out["properties"] = properties_of(finding);
  return out;
}

Json rule_of(const Finding& finding, bool redact) {
  const std::string title = utf8(without_secret(finding.title, finding, redact));
  const std::string remedy = utf8(without_secret(finding.remedy, finding, redact));
  const bool link = is_web_url(finding.reference);
  const std::string name = title.empty() ? utf8(finding.rule) : title;
  const std::string text = remedy.empty() ? name : remedy;
  Json help = {{"text", text}, {"markdown", text}};
  if (link) {
    help["text"] = text + "\n" + finding.reference;
    help["markdown"] = text + "\n\n[Reference](" + finding.reference + ")";
  }
  Json out = {{"id", utf8(finding.rule)},
              {"name", identifier(finding.rule)},
              {"shortDescription", {{"text", name}}},
              {"fullDescription", {{"text", name + (remedy.empty() ? "" : ". " + remedy)}}},
              {"help", std::move(help)}};
  if (link) out["helpUri"] = finding.reference;
  out["defaultConfiguration"] = {{"level", std::string(level_of(finding.severity))}};
  const bool secret = !finding.excerpt.secret.empty();
  out["properties"] = {{"tags", Json::array({"security", secret ? "secrets" : "policy"})},
                       {"precision", std::string(to_string(finding.confidence))},
                       {"security-severity", std::string(security_severity_of(finding.severity))}};
  return out;
}

Json notification(std::string_view level, std::string_view text) {
  return {{"level", level}, {"message", sarif_text(text)}};
}

Json notifications_of(const Audit& audit) {
  Json out = Json::array();
  const auto add = [&out](std::string_view level, std::string_view text) {
    if (out.size() < most_notifications) out.push_back(notification(level, text));
  };
  if (audit.findings.size() > most_results) {
    add("error", fmt::format("only the first {} of {} results are in this file", most_results,
                             audit.findings.size()));
  }
  for (const Problem& problem : audit.problems) {
    std::string text = problem.where.empty() ? problem.what : problem.where + ": " + problem.what;
    if (!problem.remedy.empty()) text += " (" + problem.remedy + ")";
    add("error", text);
  }
  for (const std::string& note : audit.notes) add("note", note);
  for (const Skipped& skipped : audit.scope.skipped) {
    add("note", "skipped " + skipped.what + ": " + skipped.reason);
  }
  return out;
}

Json invocation_of(const Audit& audit) {
  return {{"executionSuccessful", verdict(audit) != Verdict::undecided},
          {"exitCode", audit.exit_code},
          {"exitCodeDescription", utf8(verdict_line(audit))},
          {"toolExecutionNotifications", notifications_of(audit)}};
}

Json driver_of(const RenderOptions& options, Json rules) {
  Json out = {{"name", "sluice"}};
  if (!options.tool_version.empty()) out["semanticVersion"] = utf8(options.tool_version);
  out["rules"] = std::move(rules);
  return out;
}

}  // namespace

std::string render_sarif(const Audit& audit, const RenderOptions& options) {
  std::map<std::string, std::size_t> index;
  Json rules = Json::array();
  Json results = Json::array();
  for (std::size_t i = 0; i < std::min(audit.findings.size(), most_results); ++i) {
    const Finding& finding = audit.findings[i];
    const auto [entry, is_new] = index.emplace(finding.rule, rules.size());
    if (is_new) rules.push_back(rule_of(finding, options.redact));
    results.push_back(result_of(finding, entry->second, options.redact));
  }
  Json run;
  run["tool"] = {{"driver", driver_of(options, std::move(rules))}};
  run["automationDetails"] = {{"id", "sluice/" + utf8(audit.scope.kind) + "/"}};
  run["invocations"] = Json::array({invocation_of(audit)});
  run["columnKind"] = "unicodeCodePoints";
  run["originalUriBaseIds"] = sarif_roots(audit);
  if (Json provenance = sarif_provenance(audit); !provenance.empty())
    run["versionControlProvenance"] = std::move(provenance);
  run["results"] = std::move(results);
  if (audit.shard) run["properties"] = {{"sluice/report", Json::parse(render_json(audit, options))}};
  const Json log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({std::move(run)})}};
  return log.dump(2, ' ', true) + "\n";
}

}  // namespace sluice::report
