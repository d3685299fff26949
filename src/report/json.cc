#include "base/hash.h"
#include "base/text.h"
#include "report/json_cursor.h"
#include "report/renderers.h"
#include "report/shard_json.h"
#include "report/shown.h"

namespace sluice::report {
namespace {

std::string utf8(std::string_view text) { return base::to_valid_utf8(text); }

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(utf8(text)); }

// JSON cannot carry such a path; its bytes are given beside it.
void add_path(Json& out, const std::string& path) {
  out["path"] = utf8(path);
  if (!base::is_valid_utf8(path)) out["path_bytes"] = base::to_hex(path);
}

void add_paths(Json& out, const std::vector<std::string>& paths) {
  Json names = Json::array();
  Json bytes = Json::array();
  bool lossy = false;
  for (const std::string& path : paths) {
    const bool valid = base::is_valid_utf8(path);
    lossy = lossy || !valid;
    names.push_back(utf8(path));
    bytes.push_back(valid ? Json(nullptr) : Json(base::to_hex(path)));
  }
  out["paths"] = std::move(names);
  if (lossy) out["paths_bytes"] = std::move(bytes);
}

Json related_json(const Finding& finding, const Related& related, bool redact) {
  Json out;
  add_path(out, related.path);
  out["line"] = related.line;
  out["column"] = related.column;
  out["message"] = utf8(without_secret(related.message, finding, redact));
  out["excerpt"] = utf8(without_secret(related.excerpt, finding, redact));
  return out;
}

void add_origin(Json& out, const Origin& origin) {
  out["commit"] = or_null(origin.commit);
  out["author"] = or_null(origin.author);
  out["date"] = or_null(origin.date);
  out["object"] = or_null(origin.object);
  out["origin"] = std::string(to_string(origin.kind));
}

Json finding_json(const Finding& finding, bool redact) {
  const auto clean = [&](std::string_view text) {
    return utf8(without_secret(text, finding, redact));
  };
  Json out;
  if (!finding.repository.empty()) out["repository"] = utf8(finding.repository);
  out["rule"] = utf8(finding.rule);
  out["title"] = clean(finding.title);
  out["severity"] = std::string(to_string(finding.severity));
  out["confidence"] = std::string(to_string(finding.confidence));
  out["message"] = clean(finding.message);
  if (!finding.inside.empty()) out["inside"] = clean(finding.inside);
  for (const std::string& rule : finding.also_matches) out["also_matches"].push_back(utf8(rule));
  for (const std::string& detail : finding.details) out["details"].push_back(clean(detail));
  out["remedy"] = clean(finding.remedy);
  out["reference"] = clean(finding.reference);
  add_path(out, finding.at.path);
  add_paths(out, finding.paths);
  out["line"] = finding.at.line;
  out["column"] = finding.at.column;
  out["end_line"] = finding.at.end_line;
  out["end_column"] = finding.at.end_column;
  add_origin(out, finding.origin);
  out["present_at"] = nullptr;
  if (finding.present_at) {
    out["present_at"] = {{"count", finding.present_at->count}, {"refs", Json::array()}};
    for (const std::string& ref : finding.present_at->refs) out["present_at"]["refs"].push_back(utf8(ref));
  }
  out["fingerprint"] = utf8(finding.fingerprint);
  out["related"] = Json::array();
  for (const Related& related : finding.related) {
    out["related"].push_back(related_json(finding, related, redact));
  }
  out["excerpt"] = utf8(shown_text(finding, redact));
  out["suppressed"] = nullptr;
  if (finding.suppressed) {
    out["suppressed"] = {{"by", utf8(finding.suppressed->by)},
                         {"reason", utf8(finding.suppressed->reason)}};
  }
  return out;
}

Json scope_json(const Scope& scope) {
  Json out;
  out["kind"] = utf8(scope.kind);
  out["description"] = utf8(scope.description);
  if (!scope.repositories.empty()) {
    out["repositories"] = Json::array();
    for (const std::string& name : scope.repositories) out["repositories"].push_back(utf8(name));
  }
  out["commits"] = scope.commits;
  out["blobs"] = scope.blobs;
  out["files"] = scope.files;
  out["bytes"] = scope.bytes;
  out["messages"] = scope.messages;
  out["seconds"] = scope.seconds;
  out["skipped"] = Json::array();
  for (const Skipped& skipped : scope.skipped) {
    out["skipped"].push_back({{"what", utf8(skipped.what)}, {"reason", utf8(skipped.reason)}});
  }
  return out;
}

Json document(const Audit& audit, const RenderOptions& options) {
  Json out;
  out["schema"] = "sluice-report/1";
  out["tool"] = {{"name", "sluice"}, {"version", utf8(options.tool_version)}};
  out["scope"] = scope_json(audit.scope);
  Json& findings = out["findings"] = Json::array();
  for (const Finding& finding : audit.findings) {
    findings.push_back(finding_json(finding, options.redact));
  }
  Json& problems = out["problems"] = Json::array();
  for (const Problem& problem : audit.problems) {
    problems.push_back({{"what", utf8(problem.what)},
                        {"where", utf8(problem.where)},
                        {"remedy", utf8(problem.remedy)}});
  }
  Json& notes = out["notes"] = Json::array();
  for (const std::string& note : audit.notes) notes.push_back(utf8(note));
  out["exit_code"] = audit.exit_code;
  return out;
}

}  // namespace

// ASCII only (`true`): no control or bidirectional character reaches a terminal that shows the
// file.
std::string render_json(const Audit& audit, const RenderOptions& options) {
  Json out = document(audit, options);
  if (audit.shard) out["shard"] = shard_json(*audit.shard);
  return out.dump(2, ' ', true) + "\n";
}

std::string compact_json(const Audit& audit, const RenderOptions& options) {
  return document(audit, options).dump(-1, ' ', true);
}

}  // namespace sluice::report
