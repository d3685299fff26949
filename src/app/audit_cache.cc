#include "app/audit_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "app/audit_cache_bytes.h"
#include "app/version.h"
#include "base/hash.h"
#include "report/shown.h"

namespace sluice::app {
namespace {

using git::Oid;
using Writer = AuditCacheWriter;
using Reader = AuditCacheReader;

constexpr std::string_view first_line_format = "sluice audit cache 4, {}\n";
constexpr std::size_t checksum_size = 32;
constexpr std::uint64_t no_rank = std::numeric_limits<std::size_t>::max();

std::string first_line() { return fmt::format(first_line_format, version); }

std::string checksum_of(std::string_view bytes) {
  const base::Sha256 digest = base::sha256(bytes);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

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

void write(Writer& out, const Origin& origin) {
  out.number(static_cast<std::uint64_t>(origin.kind));
  for (const std::string* text : {&origin.object, &origin.commit, &origin.author, &origin.date}) out.text(*text);
}

Origin read_origin(Reader& in) {
  Origin origin;
  origin.kind = in.level(OriginKind::tree);
  for (std::string* text : {&origin.object, &origin.commit, &origin.author, &origin.date}) *text = in.text();
  return origin;
}

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

void write(Writer& out, const source::Seen& seen) {
  out.list(seen.packs, [&](const std::string& pack) { out.raw(pack); });
  for (const auto* ids : {&seen.loose, &seen.tips, &seen.out_of_reach})
    out.list(*ids, [&](const Oid& id) { out.id(id); });
  out.number(seen.reached);
  out.id(seen.last);
  out.number(static_cast<std::uint64_t>(seen.newest));
}

source::Seen read_seen(Reader& in) {
  source::Seen seen;
  in.list(seen.packs, [&] { return std::string(in.raw()); });
  for (auto* ids : {&seen.loose, &seen.tips, &seen.out_of_reach}) in.list(*ids, [&] { return in.id(); });
  seen.reached = in.number();
  seen.last = in.id();
  seen.newest = static_cast<std::int64_t>(in.number());
  return seen;
}

void write(Writer& out, const Scope& scope) {
  for (const std::uint64_t count : {scope.commits, scope.blobs, scope.messages, scope.bytes}) out.number(count);
  out.list(scope.skipped, [&](const Skipped& skipped) {
    out.text(skipped.what);
    out.text(skipped.reason);
  });
}

// Of a blob's refs the steps from one to the next: most are neighbours.
void write(Writer& out, const Presence& presence) {
  out.list(presence.refs, [&](const Presence::Ref& ref) {
    out.text(ref.name);
    out.text(ref.target);
  });
  out.list(presence.blobs, [&](const auto& entry) {
    out.text(entry.first);
    out.list(entry.second.paths, [&](const std::string& path) { out.text(path); });
    std::uint32_t next = 0;
    out.list(entry.second.refs, [&](std::uint32_t ref) {
      out.number(ref - next);
      next = ref + 1;
    });
  });
}

Presence read_presence(Reader& in) {
  Presence presence;
  in.list(presence.refs, [&] {
    Presence::Ref ref;
    ref.name = in.text();
    ref.target = in.text();
    return ref;
  });
  std::vector<std::pair<std::string, Presence::Blob>> blobs;
  in.list(blobs, [&] {
    std::pair<std::string, Presence::Blob> entry;
    entry.first = in.text();
    in.list(entry.second.paths, [&] { return in.text(); });
    std::uint32_t next = 0;
    in.list(entry.second.refs, [&] {
      const std::uint64_t ref = next + std::uint64_t{in.number32()};
      next = ref < presence.refs.size() ? static_cast<std::uint32_t>(ref) + 1 : 0;
      return next == 0 ? in.refuse() : next - 1;
    });
    return entry;
  });
  presence.blobs.insert(std::make_move_iterator(blobs.begin()), std::make_move_iterator(blobs.end()));
  return presence;
}

Scope read_scope(Reader& in) {
  Scope scope;
  for (std::uint64_t* count : {&scope.commits, &scope.blobs, &scope.messages, &scope.bytes}) *count = in.number();
  in.list(scope.skipped, [&] {
    Skipped skipped;
    skipped.what = in.text();
    skipped.reason = in.text();
    return skipped;
  });
  return scope;
}

// Messages without a commit have the greatest of all ranks, which would take ten bytes.
void write(Writer& out, const PlacedFinding& placed) {
  out.number(placed.rank == no_rank ? 0 : placed.rank + 1);
  out.list(placed.also_in, [&](const std::string& blob) { out.text(blob); });
  write(out, placed.finding);
}

PlacedFinding read_placed(Reader& in) {
  PlacedFinding placed;
  const std::uint64_t rank = in.number();
  placed.rank = rank == 0 ? no_rank : rank - 1;
  in.list(placed.also_in, [&] { return in.text(); });
  placed.finding = read_finding(in);
  return placed;
}

Problem read_problem(Reader& in) {
  Problem problem;
  problem.what = in.text();
  problem.where = in.text();
  problem.remedy = in.text();
  return problem;
}

std::string encode_findings(const AuditCache& cache) {
  Writer out;
  out.list(cache.placed, [&](const PlacedFinding& placed) { write(out, placed); });
  out.list(cache.checked, [&](const Finding& finding) { write(out, finding); });
  return out.take();
}

}  // namespace

std::string encode(const AuditCache& cache) {
  Writer head;
  head.text(cache.settings);
  write(head, cache.seen);
  write(head, cache.scope);
  write(head, cache.presence);
  head.list(cache.absent, [&](const auto& file) {
    head.text(file.first);
    head.text(file.second);
  });
  head.list(cache.problems, [&](const Problem& problem) {
    for (const std::string* text : {&problem.what, &problem.where, &problem.remedy}) head.text(*text);
  });
  Writer out;
  out.raw(head.take());
  std::string bytes = first_line() + out.take();
  bytes += cache.encoded_findings.empty() ? encode_findings(cache) : cache.encoded_findings;
  return bytes + checksum_of(bytes);
}

Result<AuditCache> decode_audit_cache_content(std::string_view bytes) {
  Reader whole(bytes);
  Reader head(whole.raw());
  AuditCache cache;
  cache.settings = head.text();
  cache.seen = read_seen(head);
  cache.scope = read_scope(head);
  cache.presence = read_presence(head);
  std::vector<std::pair<std::string, std::string>> absent;
  head.list(absent, [&] {
    std::string name = head.text();
    return std::pair(std::move(name), head.text());
  });
  cache.absent.insert(absent.begin(), absent.end());
  head.list(cache.problems, [&] { return read_problem(head); });
  cache.encoded_findings = whole.rest();
  Reader in(cache.encoded_findings);
  in.list(cache.placed, [&] { return read_placed(in); });
  in.list(cache.checked, [&] { return read_finding(in); });
  if (!head.is_whole() || !in.is_whole()) return fail(ErrorKind::corrupt, "the cache is damaged");
  return cache;
}

Result<AuditCache> decode_audit_cache(std::string_view bytes) {
  const std::string line = first_line();
  if (!bytes.starts_with(line)) return fail(ErrorKind::corrupt, "the cache is not of this version of sluice");
  if (bytes.size() < line.size() + checksum_size) return fail(ErrorKind::corrupt, "the cache is cut short");
  const std::string_view checked = bytes.substr(0, bytes.size() - checksum_size);
  if (checksum_of(checked) != bytes.substr(checked.size())) return fail(ErrorKind::corrupt, "the cache is damaged");
  return decode_audit_cache_content(checked.substr(line.size()));
}

}  // namespace sluice::app
