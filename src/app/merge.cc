#include "app/merge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "app/conclusion.h"

namespace sluice::app {
namespace {

constexpr std::size_t most_named = 10;

std::string name_of(const ShardRecord& shard) {
  return fmt::format("{}/{}", shard.number, shard.count);
}

tl::unexpected<Error> refuse(std::string what, std::string where, std::string remedy) {
  return fail(ErrorKind::refused, std::move(what), std::move(where), std::move(remedy));
}

// Everything that must agree between the parts of one run.
Status check_agreement(const Part& first, const Part& other) {
  const ShardRecord& a = *first.audit.shard;
  const ShardRecord& b = *other.audit.shard;
  const auto differ = [&](std::string_view in) {
    return refuse(fmt::format("this shard and {} are of different runs: they differ in {}",
                              first.name, in),
                  other.name, "run all shards over the same repository in the same way");
  };
  if (first.tool_version != other.tool_version) return differ("the version of sluice");
  if (a.count != b.count) return differ("the number of shards");
  if (a.repository != b.repository) return differ("the state of the repository");
  if (a.rules != b.rules) return differ("the rules");
  if (a.policy != b.policy) return differ("the policy, the baseline or the options");
  if (first.audit.scope.kind != other.audit.scope.kind) return differ("what was looked at");
  return {};
}

Status check_complete(const std::vector<Part>& parts) {
  const std::uint32_t count = parts.front().audit.shard->count;
  std::vector<std::string> missing;
  std::size_t at = 0;
  for (std::uint32_t number = 1; number <= count; ++number) {
    if (at == parts.size() || parts[at].audit.shard->number != number) {
      missing.push_back(fmt::format("{}/{}", number, count));
      continue;
    }
    if (at + 1 < parts.size() && parts[at + 1].audit.shard->number == number) {
      return refuse(fmt::format("shard {} is given twice", name_of(*parts[at].audit.shard)),
                    parts[at + 1].name, fmt::format("the other is {}", parts[at].name));
    }
    ++at;
  }
  if (missing.empty()) return {};
  const std::size_t hidden = missing.size() - std::min(missing.size(), most_named);
  missing.resize(missing.size() - hidden);
  return refuse(missing.size() == 1
                    ? fmt::format("shard {} is missing", missing.front())
                    : fmt::format("shards {}{} are missing", fmt::join(missing, ", "),
                                  hidden == 0 ? "" : fmt::format(" and {} more", hidden)),
                "", "what is missing was not looked at: give the reports of all shards");
}

// What counts is added up, what is listed is put one behind the other.
void add_scope(Scope& sum, const Scope& part) {
  sum.commits += part.commits;
  sum.blobs += part.blobs;
  sum.files += part.files;
  sum.messages += part.messages;
  sum.bytes += part.bytes;
  sum.seconds += part.seconds;
  sum.skipped.insert(sum.skipped.end(), part.skipped.begin(), part.skipped.end());
}

auto key_of(const Finding& finding) {
  return std::tuple(finding.repository, finding.rule, finding.fingerprint, finding.message,
                    finding.at.path, finding.at.line, finding.at.column, finding.origin.object,
                    finding.origin.commit, finding.paths);
}

using FindingKey = decltype(key_of(std::declval<const Finding&>()));

void add_material(Material& all, Material part) {
  all.judgement.today = std::max(all.judgement.today, part.judgement.today);
  for (PlacedFinding& placed : part.placed) all.placed.push_back(std::move(placed));
  // The refs are those of the same repository, but a part that found nothing did not look at them.
  if (all.presence.refs.empty()) all.presence.refs = std::move(part.presence.refs);
  all.presence.blobs.merge(part.presence.blobs);
  for (Finding& finding : part.checked) all.checked.push_back(std::move(finding));
}

Result<Audit> join_shards(std::vector<Part> parts, const Gate& gate) {
  for (const Part& part : parts) SLUICE_TRY(check_agreement(parts.front(), part));
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
    return a.audit.shard->number < b.audit.shard->number;
  });
  SLUICE_TRY(check_complete(parts));
  Audit whole;
  whole.scope.kind = parts.front().audit.scope.kind;
  whole.scope.description = parts.front().audit.scope.description;
  Material material;
  material.judgement = parts.front().audit.shard->material.judgement;
  for (Part& part : parts) {
    add_scope(whole.scope, part.audit.scope);
    for (Problem& problem : part.audit.problems) whole.problems.push_back(std::move(problem));
    add_material(material, std::move(part.audit.shard->material));
  }
  SLUICE_TRY(conclude(std::move(material), gate, whole));
  return whole;
}

// A report that could not decide must not lose that by naming no problem.
void add_problems(Audit& all, Part& part) {
  for (Problem& problem : part.audit.problems) all.problems.push_back(std::move(problem));
  if (part.audit.exit_code == 2 && part.audit.problems.empty()) {
    all.problems.push_back({"the run that wrote the report could not do its job", part.name,
                            "see what it printed, and repeat it"});
  }
}

void add_names(std::vector<std::string>& all, const std::vector<std::string>& more) {
  for (const std::string& name : more) {
    if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
  }
}

Audit lay_side_by_side(std::vector<Part> parts, const Gate& gate) {
  Audit all;
  all.scope.kind = parts.front().audit.scope.kind;
  all.scope.description = parts.front().audit.scope.description;
  std::set<FindingKey> known;
  std::set<std::string> repositories;
  for (Part& part : parts) {
    if (part.audit.scope.kind != all.scope.kind) all.scope.kind = "several";
    if (part.audit.scope.description != all.scope.description)
      all.scope.description = fmt::format("{} reports", parts.size());
    add_scope(all.scope, part.audit.scope);
    for (const std::string& name : part.audit.scope.repositories) {
      if (repositories.insert(name).second) all.scope.repositories.push_back(name);
    }
    for (Finding& finding : part.audit.findings) {
      if (known.insert(key_of(finding)).second) all.findings.push_back(std::move(finding));
    }
    add_problems(all, part);
    add_names(all.notes, part.audit.notes);
  }
  sort_report(all);
  all.exit_code = exit_code_of(all, gate);
  return all;
}

}  // namespace

Result<Audit> merge(std::vector<Part> parts, const Gate& gate) {
  const auto is_shard = [](const Part& part) { return part.audit.shard.has_value(); };
  const auto shard = std::find_if(parts.begin(), parts.end(), is_shard);
  const auto whole = std::find_if_not(parts.begin(), parts.end(), is_shard);
  if (parts.empty()) return fail(ErrorKind::invalid_input, "there is no report to join");
  if (shard != parts.end() && whole != parts.end()) {
    return refuse(fmt::format("this is a whole report, while {} is shard {}", shard->name,
                              name_of(*shard->audit.shard)),
                  whole->name, "join the shards of one run alone");
  }
  if (shard != parts.end()) return join_shards(std::move(parts), gate);
  return lay_side_by_side(std::move(parts), gate);
}

}  // namespace sluice::app
