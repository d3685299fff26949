#include "app/known_secret.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "app/audit_cache_bytes.h"
#include "app/finding_bytes.h"
#include "app/same_secret.h"

namespace sluice::app {
namespace {

using Writer = AuditCacheWriter;
using Reader = AuditCacheReader;
using BlobNumbers = std::unordered_map<std::string, std::uint32_t>;  // by hexadecimal id

constexpr std::uint32_t no_ref = 0xffffffff;

std::vector<std::uint32_t> blobs_of(const std::vector<PlacedFinding>& placed, const BlobNumbers& number_of) {
  std::vector<std::uint32_t> blobs;
  const auto add = [&](const std::string& blob) {
    const auto number = number_of.find(blob);
    if (number != number_of.end()) blobs.push_back(number->second);
  };
  for (const PlacedFinding& one : placed) for_each_blob(one, add);
  std::sort(blobs.begin(), blobs.end());
  blobs.erase(std::unique(blobs.begin(), blobs.end()), blobs.end());
  return blobs;
}

// `placed` is of one fingerprint, by time.
std::vector<ToldFinding> told_of(std::vector<PlacedFinding> placed, const BlobNumbers& number_of) {
  spread_allow_comments(placed);
  std::vector<PlacedFinding> parts[2];
  const bool first = placed.front().finding.suppressed.has_value();
  for (PlacedFinding& one : placed) parts[one.finding.suppressed.has_value() == first ? 0 : 1].push_back(std::move(one));
  std::vector<ToldFinding> told;
  for (std::vector<PlacedFinding>& part : parts) {
    if (part.empty()) continue;
    std::vector<std::uint32_t> blobs = blobs_of(part, number_of);
    told.push_back({std::move(join_same_secret(std::move(part), {}).front()), std::move(blobs)});
  }
  return told;
}

}  // namespace

std::vector<KnownSecret> KnownSecret::of(std::vector<PlacedFinding> placed, const source::HeldBlobs& held,
                                         std::uint64_t reached) {
  BlobNumbers number_of;
  for (std::uint32_t number = 0; number < held.ids().size(); ++number) number_of.emplace(held.ids()[number].hex(), number);
  std::map<std::string, std::vector<PlacedFinding>> groups;
  for (PlacedFinding& one : placed) groups[one.finding.fingerprint].push_back(std::move(one));
  std::vector<KnownSecret> secrets;
  for (auto& [fingerprint, group] : groups) {
    Writer places;
    places.list(group, [&](const PlacedFinding& one) { write(places, one, reached); });
    KnownSecret& secret = secrets.emplace_back();
    secret.told_ = told_of(std::move(group), number_of);
    Writer told;
    told.list(secret.told_, [&](const ToldFinding& one) {
      write(told, one.finding);
      told.ascending(one.blobs);
    });
    Writer record;
    record.raw(told.take());
    record.append(places.take());
    secret.made_ = record.take();
  }
  return secrets;
}

Result<KnownSecret> KnownSecret::decode(std::string_view record, std::size_t blob_count) {
  KnownSecret secret;
  secret.kept_ = record;
  Reader in(Reader(record).raw());
  in.list(secret.told_, [&] {
    ToldFinding one;
    one.finding = read_finding(in);
    one.blobs = in.ascending(blob_count);
    return one;
  });
  if (!in.is_whole() || secret.told_.empty()) return fail(ErrorKind::corrupt, "the cache is damaged");
  return secret;
}

Result<std::vector<PlacedFinding>> KnownSecret::placed(std::uint64_t reached) const {
  std::vector<PlacedFinding> placed;
  Reader in(record());
  in.raw();
  in.list(placed, [&] { return read_placed(in, reached); });
  if (!in.is_whole()) return fail(ErrorKind::corrupt, "the cache is damaged");
  return placed;
}

void tell_presence(std::vector<ToldFinding>& told, const source::HeldBlobs& held) {
  // Of each blob those that it holds, one after the other.
  std::vector<std::uint32_t> begin(held.ids().size() + 2, 0);
  for (const ToldFinding& one : told)
    for (const std::uint32_t blob : one.blobs) ++begin[blob + 2];
  for (std::size_t i = 2; i < begin.size(); ++i) begin[i] += begin[i - 1];
  std::vector<std::uint32_t> holds(begin.back());
  for (std::uint32_t number = 0; number < told.size(); ++number) {
    Finding& finding = told[number].finding;
    finding.present_at.reset();
    if (!told[number].blobs.empty()) finding.present_at.emplace();
    for (const std::uint32_t blob : told[number].blobs) holds[begin[blob + 1]++] = number;
  }
  std::vector<std::uint32_t> last(told.size(), no_ref);
  for (std::uint32_t ref = 0; ref < held.refs().size(); ++ref) {
    for (const std::uint32_t blob : held.refs()[ref].blobs) {
      for (std::uint32_t i = begin[blob]; i < begin[blob + 1]; ++i) {
        if (std::exchange(last[holds[i]], ref) == ref) continue;
        PresentAt& present = *told[holds[i]].finding.present_at;
        if (present.count++ < most_named) present.refs.push_back(held.refs()[ref].tip.name);
      }
    }
  }
}

}  // namespace sluice::app
