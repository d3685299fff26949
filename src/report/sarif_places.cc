#include "report/sarif_places.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/shown.h"

namespace sluice::report {
namespace {

// GitHub shows no more related locations of one result.
constexpr std::size_t most_related = 100;

std::string utf8(std::string_view text) { return base::to_valid_utf8(text); }

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
  place["region"]["snippet"] = sarif_text(line.marked);
  place["contextRegion"] = {{"startLine", at.line},
                            {"endLine", std::max(at.line, at.end_line)},
                            {"snippet", sarif_text(text)}};
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

}  // namespace

Json sarif_text(std::string_view text) {
  return {{"text", utf8(text)}};
}

Json sarif_location(const Finding& finding, bool redact) {
  if (finding.at.path.empty()) return pathless_location(finding, redact);
  return {{"physicalLocation", physical_location(finding, redact)}};
}

Json sarif_related(const Finding& finding, bool redact) {
  Json out = Json::array();
  const auto add = [&out](const Json& location, const std::string& message) {
    if (out.size() >= most_related) return;
    Json item = {{"id", out.size() + 1}};
    item.update(location);
    item["message"] = sarif_text(message);
    out.push_back(std::move(item));
  };
  for (const Related& related : finding.related) {
    if (related.path.empty()) continue;
    Json location = related_location(finding.repository, related.path, related.line, related.column);
    if (related.line > 0 && !related.excerpt.empty()) {
      location["physicalLocation"]["region"]["snippet"] =
          sarif_text(without_secret(related.excerpt, finding, redact));
    }
    add(location, without_secret(related.message, finding, redact));
  }
  for (const std::string& path : finding.paths) {
    if (path != finding.at.path)
      add(related_location(finding.repository, path, 0, 0), "The same content is here, too.");
  }
  return out;
}

Json sarif_roots(const Audit& audit) {
  if (audit.scope.repositories.empty())
    return {{"%SRCROOT%", {{"description", {{"text", "The root of the repository"}}}}}};
  Json out = Json::object();
  for (const std::string& name : audit.scope.repositories)
    out[base_id(name)] = {{"description", {{"text", "The root of the repository " + utf8(name)}}}};
  return out;
}

Json sarif_provenance(const Audit& audit) {
  Json out = Json::array();
  for (const std::string& name : audit.scope.repositories) {
    if (!name.starts_with("/")) continue;
    out.push_back({{"repositoryUri", "file://" + percent_encoded(name)},
                   {"mappedTo", {{"uriBaseId", base_id(name)}}}});
  }
  return out;
}

}  // namespace sluice::report
