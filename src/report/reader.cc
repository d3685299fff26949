#include "report/reader.h"

#include <charconv>
#include <cmath>
#include <exception>

#include "report/json_cursor.h"
#include "report/shard_json.h"

namespace sluice::report {
namespace {

constexpr std::string_view schema = "sluice-report/1";
constexpr std::string_view marker = "[secret, ";
constexpr std::string_view marker_end = " characters]";

std::string read_path(const JsonCursor& json) {
  return json.has("path_bytes") ? bytes_of_hex(json["path_bytes"]) : json["path"].text();
}

std::vector<std::string> read_paths(const JsonCursor& json) {
  std::vector<std::string> paths;
  json["paths"].each([&](const JsonCursor& path) { paths.push_back(path.text()); });
  if (!json.has("paths_bytes")) return paths;
  std::size_t i = 0;
  json["paths_bytes"].each([&](const JsonCursor& bytes) {
    if (i >= paths.size()) json["paths_bytes"].complain("there are more than there are paths");
    if (!bytes.is_null()) paths[i] = bytes_of_hex(bytes);
    ++i;
  });
  return paths;
}

// The characters that the redaction at the start of `text` names, and how long it is.
std::optional<std::pair<std::size_t, std::size_t>> redaction_at(std::string_view text) {
  if (!text.starts_with(marker)) return std::nullopt;
  std::size_t characters = 0;
  const char* const digits = text.data() + marker.size();
  const auto [stop, error] = std::from_chars(digits, text.data() + text.size(), characters);
  const auto length = static_cast<std::size_t>(stop - text.data());
  if (error != std::errc() || characters == 0 || !text.substr(length).starts_with(marker_end))
    return std::nullopt;
  return std::pair(characters, length + marker_end.size());
}

// The line of a finding, split where the secret was: at its column if the line is whole, else at
// the first place where a secret was left out.
Excerpt read_excerpt(const std::string& line, std::uint32_t column) {
  std::optional<std::size_t> best;
  for (auto at = line.find(marker); at != std::string::npos; at = line.find(marker, at + 1)) {
    if (!redaction_at(std::string_view(line).substr(at))) continue;
    const bool at_column = base::count_code_points(line.substr(0, at)) + 1 == column;
    if (!best || at_column) best = at;
    if (at_column) break;
  }
  if (!best) return {line, {}, {}};
  const auto [characters, length] = *redaction_at(std::string_view(line).substr(*best));
  return {line.substr(0, *best), Secret::withheld(characters), line.substr(*best + length)};
}

template <class Level>
Level read_level(const JsonCursor& json, std::optional<Level> (*parse)(std::string_view)) {
  const auto level = parse(json.text());
  if (!level) json.complain("there is no such level");
  return *level;
}

Origin read_origin(const JsonCursor& json) {
  const auto kind = parse_origin_kind(json["origin"].text());
  if (!kind) json["origin"].complain("there is no such origin");
  return {*kind, json["object"].text_or_empty(), json["commit"].text_or_empty(),
          json["author"].text_or_empty(), json["date"].text_or_empty()};
}

// Reports of earlier versions do not tell.
std::optional<PresentAt> read_present_at(const JsonCursor& json) {
  if (!json.has("present_at") || json["present_at"].is_null()) return std::nullopt;
  PresentAt present;
  present.count = json["present_at"]["count"].number();
  json["present_at"]["refs"].each([&](const JsonCursor& ref) { present.refs.push_back(ref.text()); });
  return present;
}

Finding read_finding(const JsonCursor& json) {
  Finding finding;
  if (json.has("repository")) finding.repository = json["repository"].text();
  finding.rule = json["rule"].text();
  finding.title = json["title"].text();
  finding.severity = read_level(json["severity"], parse_severity);
  finding.confidence = read_level(json["confidence"], parse_confidence);
  finding.message = json["message"].text();
  if (json.has("inside")) finding.inside = json["inside"].text();
  if (json.has("also_matches"))
    json["also_matches"].each([&](const JsonCursor& one) { finding.also_matches.push_back(one.text()); });
  if (json.has("details"))
    json["details"].each([&](const JsonCursor& one) { finding.details.push_back(one.text()); });
  finding.remedy = json["remedy"].text();
  finding.reference = json["reference"].text();
  finding.at = {read_path(json), json["line"].number32(), json["column"].number32(),
                json["end_line"].number32(), json["end_column"].number32()};
  finding.paths = read_paths(json);
  finding.origin = read_origin(json);
  finding.present_at = read_present_at(json);
  finding.fingerprint = json["fingerprint"].text();
  json["related"].each([&](const JsonCursor& one) {
    finding.related.push_back({read_path(one), one["line"].number32(), one["column"].number32(),
                               one["message"].text(), one["excerpt"].text()});
  });
  finding.excerpt = read_excerpt(json["excerpt"].text(), finding.at.column);
  if (const JsonCursor by = json["suppressed"]; !by.is_null())
    finding.suppressed = {by["by"].text(), by["reason"].text()};
  return finding;
}

Scope read_scope(const JsonCursor& json) {
  Scope scope;
  scope.kind = json["kind"].text();
  scope.description = json["description"].text();
  if (json.has("repositories")) {
    json["repositories"].each(
        [&](const JsonCursor& name) { scope.repositories.push_back(name.text()); });
  }
  scope.commits = json["commits"].number();
  scope.blobs = json["blobs"].number();
  scope.files = json["files"].number();
  scope.messages = json["messages"].number();
  scope.bytes = json["bytes"].number();
  scope.seconds = json["seconds"].real();
  json["skipped"].each([&](const JsonCursor& one) {
    scope.skipped.push_back({one["what"].text(), one["reason"].text()});
  });
  return scope;
}

ReadReport read_document(const JsonCursor& json) {
  if (!json.has("schema")) json.complain("this is no report of sluice: it names no schema");
  if (json["schema"].text() != schema) {
    json["schema"].complain("the report follows '" + base::escape_for_terminal(json["schema"].text()) +
                            "', but this sluice reads '" + std::string(schema) + "'");
  }
  ReadReport report;
  report.tool_version = json["tool"]["version"].text();
  Audit& audit = report.audit;
  audit.scope = read_scope(json["scope"]);
  json["findings"].each([&](const JsonCursor& one) { audit.findings.push_back(read_finding(one)); });
  json["problems"].each([&](const JsonCursor& one) {
    audit.problems.push_back({one["what"].text(), one["where"].text(), one["remedy"].text()});
  });
  json["notes"].each([&](const JsonCursor& note) { audit.notes.push_back(note.text()); });
  audit.exit_code = static_cast<int>(json["exit_code"].number(255));
  if (json.has("shard")) audit.shard = read_shard(json["shard"]);
  return report;
}

// The report of a shard rides in its SARIF run.
ReadReport read_sarif(const Json& document) {
  const JsonCursor log(document);
  std::optional<ReadReport> report;
  log["runs"].each([&](const JsonCursor& run) {
    const bool carries = run.has("properties") && run["properties"].has("sluice/report");
    if (!carries || report)
      run.complain("only the SARIF file of one shard can be read; give the JSON report");
    report = read_document(run["properties"]["sluice/report"]);
  });
  if (!report) log["runs"].complain("the SARIF file holds no run");
  return std::move(*report);
}

// `at line 3, column 7` of nlohmann's message, as `:3:7`.
std::string line_and_column(std::string_view message) {
  const auto line = message.find("line ");
  const auto column = message.find(", column ");
  if (line == std::string_view::npos || column == std::string_view::npos) return {};
  const auto digits = [&](std::size_t at) {
    const auto end = message.find_first_not_of("0123456789", at);
    return std::string(message.substr(at, end - at));
  };
  return ":" + digits(line + 5) + ":" + digits(column + 9);
}

}  // namespace

Result<ReadReport> read_report(std::string_view text, const std::string& path) {
  try {
    const Json document = Json::parse(text);
    const bool is_sarif = document.is_object() && document.contains("runs");
    return is_sarif ? read_sarif(document) : read_document(JsonCursor(document));
  } catch (const Malformed& malformed) {
    return fail(ErrorKind::invalid_input, malformed.what,
                malformed.place.empty() ? path : path + ": " + malformed.place,
                "give reports that sluice wrote with -f json");
  } catch (const Json::parse_error& error) {
    // Its message quotes what it read; that may be anything.
    return fail(ErrorKind::invalid_input, "this is no JSON", path + line_and_column(error.what()),
                "give reports that sluice wrote with -f json");
  } catch (const std::exception&) {
    return fail(ErrorKind::invalid_input, "this is no JSON that can be read", path);
  }
}

}  // namespace sluice::report
