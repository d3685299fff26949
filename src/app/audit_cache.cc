#include "app/audit_cache.h"

#include <fmt/format.h>

#include <utility>

#include "app/audit_cache_bytes.h"
#include "app/finding_bytes.h"
#include "app/version.h"
#include "base/hash.h"

namespace sluice::app {
namespace {

using git::Oid;
using Writer = AuditCacheWriter;
using Reader = AuditCacheReader;

constexpr std::string_view first_line_format = "sluice audit cache 5, {}\n";
constexpr std::size_t checksum_size = 32;

std::string first_line() { return fmt::format(first_line_format, version); }

std::string checksum_of(std::string_view bytes) {
  const base::Sha256 digest = base::sha256(bytes);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

void write(Writer& out, const source::Seen& seen) {
  out.list(seen.packs, [&](const std::string& pack) { out.raw(pack); });
  for (const auto* ids : {&seen.loose, &seen.tips, &seen.out_of_reach}) out.ids(*ids);
  out.number(seen.reached);
  out.raw(seen.last.raw());
  out.number(static_cast<std::uint64_t>(seen.newest));
}

source::Seen read_seen(Reader& in) {
  source::Seen seen;
  in.list(seen.packs, [&] { return std::string(in.raw()); });
  for (auto* ids : {&seen.loose, &seen.tips, &seen.out_of_reach}) *ids = in.ids();
  seen.reached = in.number();
  seen.last = in.id_of(in.raw());
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

void write(Writer& out, const source::HeldBlobs& held) {
  out.list(held.paths(), [&](const std::string& path) { out.raw(path); });
  out.ids(held.ids());
  for (std::uint32_t blob = 0; blob < held.ids().size(); ++blob)
    out.list(held.paths_of(blob), [&](std::uint32_t path) { out.number(path); });
  out.list(held.refs(), [&](const source::HeldBlobs::Ref& ref) {
    out.raw(ref.tip.name);
    out.raw(ref.tip.target.raw());
    out.ascending(ref.blobs);
  });
}

source::HeldBlobs read_held(Reader& in) {
  source::HeldBlobs held;
  std::vector<std::string_view> paths;
  in.list(paths, [&] { return in.raw(); });
  for (const std::string_view path : paths) held.add_path(std::string(path));
  std::vector<std::uint32_t> numbers;
  const std::vector<Oid> ids = in.ids();
  held.reserve(ids.size());
  for (const Oid& id : ids) {
    numbers.clear();
    in.list(numbers, [&] {
      const std::uint32_t path = in.number32();
      return path < paths.size() ? path : in.refuse();
    });
    held.add_numbered(id, in.is_bad() ? source::HeldBlobs::Numbers() : numbers);
  }
  in.list(held.refs(), [&] {
    source::HeldBlobs::Ref ref;
    ref.tip.name = in.raw();
    ref.tip.target = in.id_of(in.raw());
    ref.blobs = in.ascending(held.ids().size());
    return ref;
  });
  return held;
}

void write(Writer& out, const AbsentFiles& absent) {
  out.list(absent, [&](const auto& file) {
    out.text(file.first);
    out.text(file.second);
  });
}

AbsentFiles read_absent(Reader& in) {
  std::vector<std::pair<std::string, std::string>> absent;
  in.list(absent, [&] {
    std::string name = in.text();
    return std::pair(std::move(name), in.text());
  });
  return {absent.begin(), absent.end()};
}

Problem read_problem(Reader& in) {
  Problem problem;
  for (std::string* text : {&problem.what, &problem.where, &problem.remedy}) *text = in.text();
  return problem;
}

}  // namespace

std::string encode(const AuditCache& cache) {
  Writer out;
  std::size_t size = std::size_t{1} << 16;
  for (const KnownSecret& secret : cache.secrets) size += secret.record().size() + 8;
  for (const auto* ids : {&cache.seen.tips, &cache.seen.loose, &cache.held.ids()}) size += ids->size() * 32;
  out.reserve(size);
  out.append(first_line());
  out.text(cache.settings);
  write(out, cache.seen);
  write(out, cache.scope);
  write(out, cache.absent);
  out.list(cache.problems, [&](const Problem& problem) {
    for (const std::string* text : {&problem.what, &problem.where, &problem.remedy}) out.text(*text);
  });
  write(out, cache.held);
  out.list(cache.checked, [&](const Finding& finding) { write(out, finding); });
  out.list(cache.secrets, [&](const KnownSecret& secret) { out.raw(secret.record()); });
  std::string bytes = out.take();
  bytes += checksum_of(bytes);
  return bytes;
}

Result<AuditCache> decode_audit_cache_content(std::string_view bytes) {
  Reader in(bytes);
  AuditCache cache;
  cache.settings = in.text();
  cache.seen = read_seen(in);
  cache.scope = read_scope(in);
  cache.absent = read_absent(in);
  in.list(cache.problems, [&] { return read_problem(in); });
  cache.held = read_held(in);
  in.list(cache.checked, [&] { return read_finding(in); });
  in.list(cache.secrets, [&] {
    auto secret = KnownSecret::decode(in.raw(), cache.held.ids().size());
    if (secret) return std::move(*secret);
    in.refuse();
    return KnownSecret();
  });
  if (!in.is_whole()) return fail(ErrorKind::corrupt, "the cache is damaged");
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
