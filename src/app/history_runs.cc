#include "app/history_runs.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "app/tree_checks.h"
#include "git/refs.h"
#include "policy/history.h"
#include "policy/tree.h"

namespace sluice::app {
namespace {

using git::Oid;

Status check_head(const Session& session, FindingSink& sink) {
  const auto head = git::resolve(*session.repository(), "HEAD");
  if (!head) return {};  // unborn
  SLUICE_TRY_ASSIGN(const policy::Tree tree, policy::Tree::of_commit(*session.repository(), *head));
  return check_tree(session, tree, Reading::checked_files, sink);
}

// Gives the items their paths, commit, author and date.
template <class History>
Status attribute_items(History& history, std::vector<HitItem>& items,
                       source::ItemConsumer& consumer) {
  std::vector<Oid> ids;
  for (const HitItem& item : items) {
    if (item.origin.kind == OriginKind::blob) ids.push_back(*Oid::from_hex(item.origin.object));
  }
  SLUICE_TRY_ASSIGN(const auto origins, history.attribute(ids, consumer));
  if (items.empty()) return {};
  for (HitItem& item : items) {
    const auto found = item.origin.kind == OriginKind::blob
                           ? origins.find(*Oid::from_hex(item.origin.object))
                           : origins.end();
    if (found != origins.end()) {
      item.origin.commit = found->second.commit.is_zero() ? "" : found->second.commit.hex();
      item.origin.author = found->second.author;
      item.origin.date = found->second.date;
      item.paths = found->second.paths;
    }
  }
  std::vector<Oid> commits;
  for (const HitItem& item : items) {
    if (const auto commit = Oid::from_hex(item.origin.commit)) commits.push_back(*commit);
  }
  SLUICE_TRY_ASSIGN(const auto ranks, history.ranks(commits, consumer));
  for (HitItem& item : items) {
    const auto commit = Oid::from_hex(item.origin.commit);
    const auto rank = commit ? ranks.find(*commit) : ranks.end();
    item.rank = rank == ranks.end() ? std::numeric_limits<std::size_t>::max() : rank->second;
  }
  return {};
}

// A glob with a slash cannot be told by an entry's name alone.
bool watches_whole_paths(const policy::EnvOptions& options) {
  return std::any_of(options.names.begin(), options.names.end(), [](const std::string& glob) {
    return glob.find('/') != std::string::npos;
  });
}

}  // namespace

Run history_run(const Session& session) {
  return history_run(session,
                     std::make_shared<source::History>(*session.repository(), session.source_options()));
}

Run history_run(const Session& session, std::shared_ptr<source::History> history) {
  Run run;
  run.kind = "history";
  run.description = session.source_options().reachable_only ? "all that refs and reflogs reach"
                                                            : "the whole object database";
  run.is_history = true;
  run.tells_stale = true;
  // Set when some tree names an env file, so that there is something to look for in all commits.
  const auto roots = std::make_shared<const std::vector<git::AttributionRoot>*>(nullptr);
  const auto names = std::make_shared<const policy::EnvNames>(session.policy().env);
  run.scan = [history, names](source::ItemConsumer& consumer, Scope& scope) -> Status {
    const source::NameWatch is_env_file = [names](std::string_view name) {
      return names->classify(name) == policy::EnvKind::env_file;
    };
    SLUICE_TRY_ASSIGN(const source::HistoryCounts counts, history->scan(consumer, is_env_file));
    scope.commits = counts.commits;
    scope.blobs = counts.blobs;
    scope.messages = counts.messages;
    return {};
  };
  run.attribute = [&session, history, roots](std::vector<HitItem>& items,
                                             source::ItemConsumer& consumer) -> Status {
    SLUICE_TRY(attribute_items(*history, items, consumer));
    const bool is_looked_for = history->watched_name_seen() || watches_whole_paths(session.policy().env);
    if (is_looked_for && session.source_options().shard.is_first()) {
      SLUICE_TRY_ASSIGN(*roots, history->roots(consumer));
    }
    return {};
  };
  run.locate = [history] { return history->presence(); };
  // HEAD's tree is the first shard's, and so are the paths of all trees, which every shard reads.
  run.check = [&session](FindingSink& sink, Scope&) -> Status {
    return session.source_options().shard.is_first() ? check_head(session, sink) : Status{};
  };
  run.check_paths = [&session, roots](FindingSink& sink) -> Status {
    if (*roots == nullptr) return {};
    SLUICE_TRY_ASSIGN(const auto paths,
                      policy::env_paths_in_history(*session.repository(), **roots, session.policy().env, sink));
    policy::check_history_paths(*session.repository(), paths, session.policy().env, sink);
    return {};
  };
  return run;
}

std::shared_ptr<HeadChecks> begin_head_checks(const Session& session) {
  const auto checks = std::make_shared<HeadChecks>([&session] {
    KeptFindings found;
    if (const Status status = check_head(session, found); !status) found.add(source::to_problem(status.error()));
    return found;
  });
  checks->start();
  return checks;
}

std::function<Status(FindingSink&, Scope&)> checks_begun(std::shared_ptr<HeadChecks> checks) {
  return [checks = std::move(checks)](FindingSink& sink, Scope&) -> Status {
    const KeptFindings& found = checks->get();
    for (const Finding& finding : found.findings) sink.add(finding);
    for (const Problem& problem : found.problems) sink.add(problem);
    return {};
  };
}

Run growth_run(std::shared_ptr<source::Growth> growth, std::shared_ptr<HeadChecks> head_checks) {
  Run run;
  run.kind = "history";
  run.description = "the whole object database";
  run.is_history = true;
  run.tells_stale = true;
  run.scan = [growth](source::ItemConsumer& consumer, Scope& scope) -> Status {
    SLUICE_TRY_ASSIGN(const source::HistoryCounts counts, growth->scan(consumer));
    scope.commits = counts.commits;
    scope.blobs = counts.blobs;
    scope.messages = counts.messages;
    return {};
  };
  run.attribute = [growth](std::vector<HitItem>& items, source::ItemConsumer& consumer) {
    return attribute_items(*growth, items, consumer);
  };
  run.check = checks_begun(std::move(head_checks));
  return run;
}

}  // namespace sluice::app
