#include "app/cached_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <unordered_set>
#include <utility>

#include "app/audit_cache.h"
#include "app/collector.h"
#include "app/history_runs.h"
#include "app/inner_hits.h"
#include "app/large_files.h"
#include "app/make_scanner.h"
#include "app/run_key.h"
#include "app/same_secret.h"
#include "base/file.h"
#include "git/object.h"
#include "pack/mapped_file.h"
#include "policy/env_files.h"
#include "scan/scanner.h"

namespace sluice::app {
namespace {

// The check whose findings are of all commits; the others are of HEAD's tree, which is checked every time.
constexpr std::string_view check_of_all_commits = "ENV005";

using Notes = std::vector<std::string>;

// A cache, and the file that its secrets' records lie in.
struct Loaded {
  pack::MappedFile file;
  AuditCache cache;
};

// Beyond what an absent object means nothing is known of a problem's future.
bool is_about_an_object(const Problem& problem) { return git::Oid::from_hex(problem.where).has_value(); }

// Null when there is no such file.
Result<std::unique_ptr<Loaded>> load(const std::string& path, const std::string& settings) {
  auto file = pack::MappedFile::open(path);
  if (!file && file.error().kind == ErrorKind::not_found) return nullptr;
  if (!file) return tl::unexpected<Error>(std::move(file.error()));
  SLUICE_TRY_ASSIGN(AuditCache cache, decode_audit_cache(file->bytes()));
  if (cache.settings != settings)
    return fail(ErrorKind::unsupported, "it was made with other rules or another policy");
  return std::make_unique<Loaded>(Loaded{std::move(*file), std::move(cache)});
}

// Writes `cache`, unless there are problems of which nobody knows whether they will last.
Notes keep(const std::string& path, const AuditCache& cache) {
  if (!std::all_of(cache.problems.begin(), cache.problems.end(), is_about_an_object)) return {};
  const Status written = base::write_file(path, encode(cache), 0600, base::Flush::later);
  if (written) return {};
  return {fmt::format("the cache was not written: {}", to_string(written.error()))};
}

// All but what was found by scanning.
AuditCache frame_of(std::string settings, source::Seen seen, const Material& material, const Audit& audit,
                    const LargeFiles& large_files) {
  AuditCache cache;
  cache.settings = std::move(settings);
  cache.seen = std::move(seen);
  cache.scope = audit.scope;
  std::erase_if(cache.scope.skipped, LargeFiles::is_absence);
  cache.absent = large_files.absent_files();
  cache.problems = audit.problems;
  std::copy_if(material.checked.begin(), material.checked.end(), std::back_inserter(cache.checked),
               [](const Finding& finding) { return finding.rule == check_of_all_commits; });
  return cache;
}

template <class List>
void move_all(List& from, List& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

// Adds to what was found since what `earlier` says of anything but secrets.
void join_frame(AuditCache& earlier, Material& material, Audit& audit) {
  move_all(earlier.checked, material.checked);
  move_all(earlier.problems, audit.problems);
  move_all(earlier.scope.skipped, audit.scope.skipped);
  audit.scope.commits += earlier.scope.commits;
  audit.scope.blobs += earlier.scope.blobs;
  audit.scope.messages += earlier.scope.messages;
  audit.scope.bytes += earlier.scope.bytes;
}

// The blobs of what was found since, with their numbers.
source::HeldBlobs::Numbers add_blobs(const source::Growth& growth, const Material& material, source::HeldBlobs& held) {
  std::set<std::string_view> told;
  for (const PlacedFinding& placed : material.placed)
    for_each_blob(placed, [&](const std::string& blob) { told.insert(blob); });
  source::HeldBlobs::Numbers numbers;
  for (const std::string_view object : told) {
    const auto id = git::Oid::from_hex(object);
    const auto found = id ? growth.found().find(*id) : growth.found().end();
    if (found == growth.found().end()) continue;
    const std::vector<std::string>& paths = found->second.paths;
    numbers.push_back(held.add(*id, {paths.begin(), paths.end()}));
  }
  return numbers;
}

// Joins what was found since with what `earlier` knows of the same secrets. What it tells of others stands as it is.
// Gives the secrets of which nothing new was found.
Result<std::vector<KnownSecret>> join_secrets(AuditCache& earlier, const source::Growth& growth, Material& material) {
  source::HeldBlobs::Numbers blobs = add_blobs(growth, material, earlier.held);
  earlier.held.follow(growth.repository(), growth.checked_out_tips());
  std::unordered_set<std::string> found_again;
  for (const PlacedFinding& placed : material.placed) found_again.insert(placed.finding.fingerprint);
  std::vector<KnownSecret> unchanged;
  unchanged.reserve(earlier.secrets.size());
  std::vector<ToldFinding> told;
  for (KnownSecret& secret : earlier.secrets) {
    if (found_again.count(secret.fingerprint()) == 0) {
      move_all(secret.told(), told);
      unchanged.push_back(std::move(secret));
      continue;
    }
    for (const ToldFinding& one : secret.told()) blobs.insert(blobs.end(), one.blobs.begin(), one.blobs.end());
    SLUICE_TRY_ASSIGN(auto placed, secret.placed(growth.reached()));
    move_all(placed, material.placed);
  }
  material.presence = earlier.held.presence_of(blobs);
  tell_presence(told, earlier.held);
  material.told.reserve(told.size());
  for (ToldFinding& one : told) material.told.push_back(std::move(one.finding));
  return unchanged;
}

// Whether something could be found in one of `blobs`. Errors: as git::read_object.
Result<bool> could_matter(const Session& session, const std::vector<git::Oid>& blobs) {
  if (blobs.empty()) return false;
  const scan::Scanner scanner = make_scanner(session.active_rules());
  Progress progress(false, {});
  LargeFiles large_files(session.repository()->common_dir(), session.source_options().max_blob_size);
  Collector probe(scanner, progress, large_files, 1);
  for (const git::Oid& id : blobs) {
    SLUICE_TRY_ASSIGN(const git::Object object, git::read_object(*session.repository(), id));
    source::Item item;
    item.bytes = object.bytes();
    item.origin.kind = OriginKind::blob;
    item.origin.object = id.hex();
    probe.consume(item);
  }
  return !probe.take_items().empty() || !probe.take_problems().empty();
}

tl::unexpected<Error> not_enough(const char* why) { return fail(ErrorKind::unsupported, why); }

// What has come since `earlier`, whose `seen` it takes, where that and the new objects alone tell the whole report.
Result<std::shared_ptr<source::Growth>> growth_since(const Session& session, AuditCache& earlier) {
  SLUICE_TRY_ASSIGN(source::Growth growth, source::Growth::since(*session.repository(), session.source_options(),
                                                                 std::move(earlier.seen)));
  const policy::EnvNames names(session.policy().env);
  for (const std::string& path : growth.changed_paths()) {
    if (names.classify(path) == policy::EnvKind::env_file) return not_enough("an env file was committed");
  }
  for (const Problem& problem : earlier.problems) {
    const auto id = git::Oid::from_hex(problem.where);
    const auto& fresh = growth.new_objects();
    if (id && std::binary_search(fresh.begin(), fresh.end(), *id))
      return not_enough("an object came that was missing");
  }
  if (growth.has_other_trees() && !earlier.problems.empty())
    return not_enough("a ref to a tree came or went while objects are missing");
  if (LargeFiles::has_come(session.repository()->common_dir(), earlier.absent))
    return not_enough("content in Git LFS came that was missing");
  SLUICE_TRY_ASSIGN(const bool matters, could_matter(session, growth.moved()));
  if (matters) return not_enough("a file in which something could be found is at a new path");
  return std::make_shared<source::Growth>(std::move(growth));
}

// What a cache is made for, and where it is.
struct Place {
  std::string file;
  std::string settings;
};

// An audit of everything, after which the next one need not.
Run whole_run(const Session& session, const Place& place, Notes notes) {
  const auto history =
      std::make_shared<source::History>(*session.repository(), session.source_options());
  Run run = history_run(session, history);
  run.remember = [history, place, notes = std::move(notes)](Material& material, Audit& audit,
                                                            const LargeFiles& large_files) {
    Notes told = notes;
    auto seen = history->seen();
    if (!seen) {
      told.push_back(fmt::format("no cache was written: {}", seen.error().what));
      return told;
    }
    AuditCache cache = frame_of(place.settings, std::move(*seen), material, audit, large_files);
    cache.held = source::HeldBlobs::of(material.presence);
    cache.secrets = KnownSecret::of(material.placed, cache.held, cache.seen.reached);
    for (std::string& note : keep(place.file, cache)) told.push_back(std::move(note));
    return told;
  };
  return run;
}

// An audit of what has come since `earlier`.
Run grown_run(std::shared_ptr<Loaded> earlier, const std::shared_ptr<source::Growth>& growth, const Place& place,
              std::shared_ptr<HeadChecks> head_checks) {
  Run run = growth_run(growth, std::move(head_checks));
  run.known_absent = earlier->cache.absent;
  run.remember = [growth, earlier, place](Material& material, Audit& audit, const LargeFiles& large_files) -> Notes {
    join_frame(earlier->cache, material, audit);
    auto unchanged = join_secrets(earlier->cache, *growth, material);
    if (!unchanged) {
      audit.problems.push_back(source::to_problem(unchanged.error()));
      return {};
    }
    AuditCache next = frame_of(place.settings, growth->seen_now(), material, audit, large_files);
    next.held = std::move(earlier->cache.held);
    next.secrets = std::move(*unchanged);
    if (!material.placed.empty()) {
      // What was known before has joined what was found.
      keep_first_places(material.placed);
      auto changed = KnownSecret::of(material.placed, next.held, growth->reached());
      move_all(changed, next.secrets);
    }
    return keep(place.file, next);
  };
  return run;
}

}  // namespace

Run cached_history_run(const Session& session, std::string file) {
  auto head_checks = begin_head_checks(session);
  const auto read_all = [&](const Place& place, Notes notes) {
    Run run = whole_run(session, place, std::move(notes));
    run.check = checks_begun(head_checks);
    return run;
  };
  const Place place{std::move(file), settings_digest(session)};
  auto earlier = load(place.file, place.settings);
  if (!earlier) return read_all(place, {fmt::format("the cache {} is ignored: {}", place.file, earlier.error().what)});
  if (*earlier == nullptr) return read_all(place, {});
  auto growth = growth_since(session, (*earlier)->cache);
  if (!growth) {
    return read_all(place, {fmt::format("the cache {} does not help, so all of the history was read: {}", place.file,
                                        growth.error().what)});
  }
  return grown_run(std::move(*earlier), *growth, place, std::move(head_checks));
}

}  // namespace sluice::app
