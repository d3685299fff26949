#include "app/audit_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <unordered_map>
#include <utility>

#include "app/version.h"
#include "base/hash.h"
#include "report/shown.h"

namespace sluice::app {
namespace {

using git::Oid;

constexpr std::string_view first_line_format = "sluice audit cache 4, {}\n";
constexpr std::size_t checksum_size = 32;
constexpr std::uint64_t most_reserved = 4096;  // a false count shall not ask for memory
constexpr std::uint64_t no_rank = std::numeric_limits<std::size_t>::max();

std::string first_line() { return fmt::format(first_line_format, version); }

std::string checksum_of(std::string_view bytes) {
  const base::Sha256 digest = base::sha256(bytes);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// Numbers in groups of seven bits, lowest first. Texts are written where they first occur, later as the
// number of that place: most findings share most of theirs.
class Writer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }

  void text(std::string_view value) {
    const auto [known, fresh] = texts_.try_emplace(std::string(value), texts_.size() + 1);
    number(fresh ? 0 : known->second);
    if (fresh) raw(value);
  }

  void raw(std::string_view value) {
    number(value.size());
    out_ += value;
  }

  void id(const Oid& id) { raw(id.raw()); }

  template <class List, class Each>
  void list(const List& items, Each each) {
    number(items.size());
    for (const auto& item : items) each(item);
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::unordered_map<std::string, std::uint64_t> texts_;
};

// The other way. After the first thing that cannot be, everything read is empty.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool is_whole() const { return !is_bad_ && bytes_.empty(); }

  std::string_view rest() const { return bytes_; }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    return bad();
  }

  // What was read cannot be; gives what stands for it.
  std::uint32_t refuse() { return static_cast<std::uint32_t>(bad()); }

  std::uint32_t number32() {
    const std::uint64_t value = number();
    return static_cast<std::uint32_t>(value <= 0xFFFFFFFFu ? value : bad());
  }

  template <class Enum>
  Enum level(Enum last) {
    const std::uint64_t value = number();
    return static_cast<Enum>(value <= static_cast<std::uint64_t>(last) ? value : bad());
  }

  std::string text() {
    const std::uint64_t place = number();
    if (place == 0) return std::string(texts_.emplace_back(raw()));
    return std::string(place <= texts_.size() ? texts_[place - 1] : (bad(), std::string_view()));
  }

  std::string_view raw() {
    const std::uint64_t size = number();
    if (size > bytes_.size()) return bad(), std::string_view();
    const std::string_view value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return value;
  }

  Oid id() {
    const std::string_view value = raw();
    if (value.size() == 20) return Oid::from_raw(git::HashAlgorithm::sha1, value.data());
    if (value.size() == 32) return Oid::from_raw(git::HashAlgorithm::sha256, value.data());
    bad();
    return {};
  }

  // Each item takes a byte at least, which bounds what a false count can do.
  template <class List, class Each>
  void list(List& items, Each each) {
    std::uint64_t count = number();
    if (count > bytes_.size()) count = bad();
    items.reserve(std::min(count, most_reserved));
    for (std::uint64_t i = 0; i < count && !is_bad_; ++i) items.push_back(each());
  }

 private:
  std::uint64_t bad() {
    is_bad_ = true;
    bytes_ = {};
    return 0;
  }

  std::string_view bytes_;
  std::vector<std::string_view> texts_;
  bool is_bad_ = false;
};

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
