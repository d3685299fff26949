#include "app/cached_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

#include "app/audit_cache.h"
#include "app/collector.h"
#include "app/large_files.h"
#include "app/inner_hits.h"
#include "app/same_secret.h"
#include "app/run_key.h"
#include "app/runs.h"
#include "base/file.h"
#include "git/object.h"
#include "policy/env_files.h"
#include "scan/scanner.h"

namespace sluice::app {
namespace {

// The check whose findings are of all commits; the others are of HEAD's tree, which is checked every time.
constexpr std::string_view check_of_all_commits = "ENV005";
constexpr std::size_t largest_cache = std::size_t{1} << 30;

using Notes = std::vector<std::string>;

// Beyond what an absent object means nothing is known of a problem's future.
bool is_about_an_object(const Problem& problem) { return git::Oid::from_hex(problem.where).has_value(); }

Result<std::optional<AuditCache>> load(const std::string& file, const std::string& settings) {
  const auto bytes = base::read_file(file, largest_cache);
  if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  SLUICE_TRY_ASSIGN(AuditCache cache, decode_audit_cache(*bytes));
  if (cache.settings != settings)
    return fail(ErrorKind::unsupported, "it was made with other rules or another policy");
  return cache;
}

// Writes `cache`, unless there are problems of which nobody knows whether they will last.
Notes keep(const std::string& file, AuditCache cache) {
  if (!std::all_of(cache.problems.begin(), cache.problems.end(), is_about_an_object)) return {};
  if (cache.encoded_findings.empty()) {
    keep_first_places(cache.placed);
    std::erase_if(cache.checked, [](const Finding& finding) { return finding.rule != check_of_all_commits; });
  }
  const Status written = base::write_file(file, encode(cache), 0600);
  if (written) return {};
  return {fmt::format("the cache was not written: {}", to_string(written.error()))};
}

// All but the findings.
AuditCache frame_of(std::string settings, source::Seen seen, const Audit& audit, const LargeFiles& large_files) {
  AuditCache cache;
  cache.settings = std::move(settings);
  cache.seen = std::move(seen);
  cache.scope = audit.scope;
  std::erase_if(cache.scope.skipped, LargeFiles::is_absence);
  cache.absent = large_files.absent_files();
  cache.problems = audit.problems;
  return cache;
}

// Adds what `earlier` found to what was found since; `new_commits` come before those out of reach.
// False when the findings are those that there were.
bool join(AuditCache& earlier, std::uint64_t new_commits, Material& material, Audit& audit) {
  bool is_changed = !material.placed.empty();
  for (PlacedFinding& placed : earlier.placed) {
    const bool is_out_of_reach = placed.rank >= earlier.seen.reached &&
                                 placed.rank != std::numeric_limits<std::size_t>::max();
    if (!is_out_of_reach) continue;
    placed.rank += new_commits;
    is_changed = is_changed || new_commits > 0;
  }
  const auto move_all = [](auto& from, auto& to) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
  };
  move_all(earlier.placed, material.placed);
  move_all(earlier.checked, material.checked);
  move_all(earlier.problems, audit.problems);
  move_all(earlier.scope.skipped, audit.scope.skipped);
  audit.scope.commits += earlier.scope.commits;
  audit.scope.blobs += earlier.scope.blobs;
  audit.scope.messages += earlier.scope.messages;
  audit.scope.bytes += earlier.scope.bytes;
  return is_changed;
}

// Whether something could be found in one of `blobs`. Errors: as git::read_object.
Result<bool> could_matter(const Session& session, const std::vector<git::Oid>& blobs) {
  if (blobs.empty()) return false;
  const scan::Scanner scanner(session.active_rules());
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

// What has come since `earlier`, where that and the new objects alone tell the whole report.
Result<std::shared_ptr<source::Growth>> growth_since(const Session& session, const AuditCache& earlier) {
  SLUICE_TRY_ASSIGN(source::Growth growth, source::Growth::since(*session.repository(), session.source_options(),
                                                                 earlier.seen));
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
  if (LargeFiles::has_come(session.repository()->common_dir(), earlier.absent))
    return not_enough("content in Git LFS came that was missing");
  SLUICE_TRY_ASSIGN(const bool matters, could_matter(session, growth.moved()));
  if (matters) return not_enough("a file in which something could be found is at a new path");
  return std::make_shared<source::Growth>(std::move(growth));
}

// An audit of everything, after which the next one need not.
Run whole_run(const Session& session, std::string file, std::string settings, Notes notes) {
  const auto history =
      std::make_shared<source::History>(*session.repository(), session.source_options());
  Run run = history_run(session, history);
  run.remember = [history, file = std::move(file), settings = std::move(settings),
                  notes = std::move(notes)](Material& material, Audit& audit, const LargeFiles& large_files) {
    Notes told = notes;
    auto seen = history->seen();
    if (!seen) {
      told.push_back(fmt::format("no cache was written: {}", seen.error().what));
      return told;
    }
    AuditCache cache = frame_of(settings, std::move(*seen), audit, large_files);
    cache.placed = material.placed;
    cache.checked = material.checked;
    cache.presence = material.presence;
    for (std::string& note : keep(file, std::move(cache))) told.push_back(std::move(note));
    return told;
  };
  return run;
}

}  // namespace

Run cached_history_run(const Session& session, std::string file) {
  std::string settings = settings_digest(session);
  auto earlier = load(file, settings);
  if (!earlier) {
    return whole_run(session, file, settings,
                     {fmt::format("the cache {} is ignored: {}", file, earlier.error().what)});
  }
  if (!*earlier) return whole_run(session, std::move(file), std::move(settings), {});
  auto head_checks = begin_head_checks(session);
  auto growth = growth_since(session, **earlier);
  if (!growth) {
    return whole_run(session, file, settings,
                     {fmt::format("the cache {} does not help, so all of the history was read: {}", file,
                                  growth.error().what)});
  }
  Run run = growth_run(*growth, std::move(head_checks));
  const auto cache = std::make_shared<AuditCache>(std::move(**earlier));
  run.known_absent = cache->absent;
  run.remember = [growth = *growth, cache, file = std::move(file), settings = std::move(settings)](
                     Material& material, Audit& audit, const LargeFiles& large_files) {
    const bool is_changed = join(*cache, growth->new_commits(), material, audit);
    material.presence = growth->presence(std::move(cache->presence));
    AuditCache next = frame_of(settings, growth->seen_now(), audit, large_files);
    next.presence = material.presence;
    if (is_changed) {
      next.placed = material.placed;
      next.checked = material.checked;
    } else {
      next.encoded_findings = std::move(cache->encoded_findings);
    }
    return keep(file, std::move(next));
  };
  return run;
}

}  // namespace sluice::app
