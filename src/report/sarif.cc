#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "report/json_cursor.h"
#include "report/renderers.h"
#include "report/shown.h"
#include "report/verdict.h"

// SARIF 2.1.0 (OASIS Standard, 27 March 2020), in the subset that GitHub code scanning reads:
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
namespace sluice::report {
namespace {

// GitHub rejects a run with more results, and shows at most 100 related locations of one.
constexpr std::size_t most_results = 25'000;
constexpr std::size_t most_related = 100;
constexpr std::size_t most_notifications = 1'000;

std::string utf8(std::string_view text) { return base::to_valid_utf8(text); }

Json text_of(std::string_view text) { return {{"text", utf8(text)}}; }

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

// RFC 3986 path: everything but unreserved characters and `/`, byte by byte.
std::string percent_encoded(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

// The root that paths of `repository` are relative to; the one root when there is but one.
std::string base_id(const std::string& repository) {
  return repository.empty() ? "%SRCROOT%" : "repository:" + utf8(repository);
}

Json artifact(std::string_view path, const std::string& repository) {
  while (path.starts_with("./")) path.remove_prefix(2);
  if (path.starts_with("/")) return {{"uri", "file://" + percent_encoded(path)}};
  return {{"uri", percent_encoded(path)}, {"uriBaseId", base_id(repository)}};
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

Json region_of(const Location& at) {
  Json region = {{"startLine", at.line}};
  if (at.column > 0) region["startColumn"] = at.column;
  const bool ordered =
      at.end_line > at.line || (at.end_line == at.line && at.end_column > at.column);
  if (at.column > 0 && ordered && at.end_column > 0) {
    region["endLine"] = at.end_line;
    region["endColumn"] = at.end_column;
  }
  return region;
}

Json physical_location(const Finding& finding, bool redact) {
  const Location& at = finding.at;
  Json place = {{"artifactLocation", artifact(at.path, finding.repository)}};
  if (at.line == 0) return place;
  place["region"] = region_of(at);
  const ShownLine line = shown_line(finding, redact);
  const std::string text = line.before + line.marked + line.after;
  if (text.empty()) return place;
  place["region"]["snippet"] = text_of(line.marked);
  place["contextRegion"] = {{"startLine", at.line},
                            {"endLine", std::max(at.line, at.end_line)},
                            {"snippet", text_of(text)}};
  return place;
}

// What has no path still gets an artifact of its own: GitHub refuses a file with a result that has
// no physical location.
Json pathless_location(const Finding& finding, bool redact) {
  const std::string kind(to_string(finding.origin.kind));
  const std::string& object = finding.origin.object;
  const std::string name = object.empty() ? kind : kind + "/" + object;
  Finding named = finding;
  named.at.path = name;
  Json out = {{"physicalLocation", physical_location(named, redact)}};
  out["logicalLocations"] = Json::array(
      {{{"name", utf8(place(finding))}, {"fullyQualifiedName", utf8(name)}, {"kind", "object"}}});
  return out;
}

Json related_location(const std::string& repository, std::string_view path, std::uint32_t line,
                      std::uint32_t column) {
  Json place = {{"artifactLocation", artifact(path, repository)}};
  if (line > 0) {
    place["region"] = {{"startLine", line}};
    if (column > 0) place["region"]["startColumn"] = column;
  }
  return {{"physicalLocation", std::move(place)}};
}

Json related_locations(const Finding& finding, bool redact) {
  Json out = Json::array();
  const auto add = [&out](const Json& location, const std::string& message) {
    if (out.size() >= most_related) return;
    Json item = {{"id", out.size() + 1}};
    item.update(location);
    item["message"] = text_of(message);
    out.push_back(std::move(item));
  };
  for (const Related& related : finding.related) {
    if (related.path.empty()) continue;
    Json location = related_location(finding.repository, related.path, related.line, related.column);
    if (related.line > 0 && !related.excerpt.empty()) {
      location["physicalLocation"]["region"]["snippet"] =
          text_of(without_secret(related.excerpt, finding, redact));
    }
    add(location, without_secret(related.message, finding, redact));
  }
  for (const std::string& path : finding.paths) {
    if (path != finding.at.path)
      add(related_location(finding.repository, path, 0, 0), "The same content is here, too.");
  }
  return out;
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
  return out;
}

Json result_of(const Finding& finding, std::size_t rule_index, bool redact) {
  Json out = {{"ruleId", utf8(finding.rule)},
              {"ruleIndex", rule_index},
              {"level", std::string(level_of(finding.severity))},
              {"message", text_of(message_of(finding, redact))}};
  Json location = finding.at.path.empty()
                      ? pathless_location(finding, redact)
                      : Json{{"physicalLocation", physical_location(finding, redact)}};
  out["locations"] = Json::array({std::move(location)});
  Json related = related_locations(finding, redact);
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
  return {{"level", level}, {"message", text_of(text)}};
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

// A root for each repository: `%SRCROOT%` when the report is about one.
Json bases_of(const Audit& audit) {
  if (audit.scope.repositories.empty())
    return {{"%SRCROOT%", {{"description", {{"text", "The root of the repository"}}}}}};
  Json out = Json::object();
  for (const std::string& name : audit.scope.repositories)
    out[base_id(name)] = {{"description", {{"text", "The root of the repository " + utf8(name)}}}};
  return out;
}

// Where each root's files come from, for the repositories whose place is a URI.
Json provenance_of(const Audit& audit) {
  Json out = Json::array();
  for (const std::string& name : audit.scope.repositories) {
    if (!name.starts_with("/")) continue;
    out.push_back({{"repositoryUri", "file://" + percent_encoded(name)},
                   {"mappedTo", {{"uriBaseId", base_id(name)}}}});
  }
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
  run["originalUriBaseIds"] = bases_of(audit);
  if (Json provenance = provenance_of(audit); !provenance.empty())
    run["versionControlProvenance"] = std::move(provenance);
  run["results"] = std::move(results);
  if (audit.shard) run["properties"] = {{"sluice/report", Json::parse(render_json(audit, options))}};
  const Json log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({std::move(run)})}};
  return log.dump(2, ' ', true) + "\n";
}

}  // namespace sluice::report
