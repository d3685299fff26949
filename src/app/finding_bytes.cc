#include "app/finding_bytes.h"

#include <limits>
#include <utility>

#include "git/oid.h"
#include "report/shown.h"

namespace sluice::app {
namespace {

using Writer = AuditCacheWriter;
using Reader = AuditCacheReader;

constexpr std::uint64_t no_rank = std::numeric_limits<std::size_t>::max();

void write(Writer& out, const Related& related, const Finding& finding) {
  out.text(related.path);
  out.number(related.line);
  out.number(related.column);
  out.text(report::without_secret(related.message, finding, true));
  out.text(report::without_secret(related.excerpt, finding, true));
}

Related read_related(Reader& in) {
  Related related;
  related.path = in.text();
  related.line = in.number32();
  related.column = in.number32();
  related.message = in.text();
  related.excerpt = in.text();
  return related;
}

void write(Writer& out, const Location& at) {
  out.text(at.path);
  for (const std::uint32_t number : {at.line, at.column, at.end_line, at.end_column}) out.number(number);
}

Location read_location(Reader& in) {
  Location at;
  at.path = in.text();
  for (std::uint32_t* number : {&at.line, &at.column, &at.end_line, &at.end_column}) *number = in.number32();
  return at;
}

// Digits take half the room as bytes.
void write_object_name(Writer& out, const std::string& name) {
  const auto id = git::Oid::from_hex(name);
  const bool is_short = id && id->hex() == name;
  out.number(is_short ? 1 : 0);
  out.text(is_short ? id->raw() : std::string_view(name));
}

std::string read_object_name(Reader& in) {
  const bool is_short = in.number() != 0;
  const std::string_view text = in.view();
  return is_short ? in.id_of(text).hex() : std::string(text);
}

void write(Writer& out, const Origin& origin) {
  out.number(static_cast<std::uint64_t>(origin.kind));
  for (const std::string* name : {&origin.object, &origin.commit}) write_object_name(out, *name);
  for (const std::string* text : {&origin.author, &origin.date}) out.text(*text);
}

Origin read_origin(Reader& in) {
  Origin origin;
  origin.kind = in.level(OriginKind::tree);
  for (std::string* name : {&origin.object, &origin.commit}) *name = read_object_name(in);
  for (std::string* text : {&origin.author, &origin.date}) *text = in.text();
  return origin;
}

}  // namespace

void write(Writer& out, const Finding& finding) {
  const auto clean = [&](std::string_view text) { out.text(report::without_secret(text, finding, true)); };
  out.text(finding.rule);
  clean(finding.title);
  out.number(static_cast<std::uint64_t>(finding.severity));
  out.number(static_cast<std::uint64_t>(finding.confidence));
  clean(finding.message);
  clean(finding.remedy);
  clean(finding.reference);
  write(out, finding.at);
  out.list(finding.paths, [&](const std::string& path) { out.text(path); });
  write(out, finding.origin);
  clean(finding.inside);
  out.list(finding.details, [&](const std::string& detail) { clean(detail); });
  out.list(finding.also_matches, [&](const std::string& rule) { out.text(rule); });
  out.text(finding.fingerprint);
  out.list(finding.related, [&](const Related& related) { write(out, related, finding); });
  clean(finding.excerpt.before);
  out.number(finding.excerpt.secret.characters());
  clean(finding.excerpt.after);
  out.number(finding.suppressed ? 1 : 0);
  if (!finding.suppressed) return;
  out.text(finding.suppressed->by);
  out.text(finding.suppressed->reason);
}

Finding read_finding(Reader& in) {
  Finding finding;
  finding.rule = in.text();
  finding.title = in.text();
  finding.severity = in.level(Severity::critical);
  finding.confidence = in.level(Confidence::high);
  finding.message = in.text();
  finding.remedy = in.text();
  finding.reference = in.text();
  finding.at = read_location(in);
  in.list(finding.paths, [&] { return in.text(); });
  finding.origin = read_origin(in);
  finding.inside = in.text();
  in.list(finding.details, [&] { return in.text(); });
  in.list(finding.also_matches, [&] { return in.text(); });
  finding.fingerprint = in.text();
  in.list(finding.related, [&] { return read_related(in); });
  finding.excerpt.before = in.text();
  finding.excerpt.secret = Secret::withheld(in.number());
  finding.excerpt.after = in.text();
  if (in.number() == 0) return finding;
  Suppression suppressed;
  suppressed.by = in.text();
  suppressed.reason = in.text();
  finding.suppressed = std::move(suppressed);
  return finding;
}

void write(Writer& out, const PlacedFinding& placed, std::uint64_t reached) {
  const bool is_reached = placed.rank < reached;
  const std::uint64_t rank = is_reached ? 2 * placed.rank + 1 : 2 * (placed.rank - reached) + 2;
  out.number(placed.rank == no_rank ? 0 : rank);
  out.list(placed.also_in, [&](const std::string& blob) { write_object_name(out, blob); });
  write(out, placed.finding);
}

PlacedFinding read_placed(Reader& in, std::uint64_t reached) {
  PlacedFinding placed;
  const std::uint64_t rank = in.number();
  const bool is_reached = rank % 2 != 0;
  placed.rank = rank == 0 ? no_rank : (rank - 1) / 2 + (is_reached ? 0 : reached);
  in.list(placed.also_in, [&] { return read_object_name(in); });
  placed.finding = read_finding(in);
  return placed;
}

}  // namespace sluice::app
