#include "app/runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <limits>
#include <memory>
#include <utility>

#include "app/changed_paths.h"
#include "app/tree_checks.h"
#include "policy/history.h"
#include "git/index.h"
#include "git/object.h"
#include "git/tree.h"
#include "source/directory.h"
#include "source/history.h"
#include "source/range.h"
#include "source/staged.h"

namespace sluice::app {
namespace {

using git::Oid;

// The commit that HEAD names, or nothing when it is unborn.
std::optional<Oid> head_commit(const git::Repository& repository) {
  const auto head = git::resolve(repository, "HEAD");
  if (!head) return std::nullopt;
  return *head;
}

Status check_head(const Session& session, FindingSink& sink) {
  const auto head = head_commit(*session.repository());
  if (!head) return {};
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

std::vector<policy::PathInHistory> paths_written(const source::RangeCounts& counts) {
  std::vector<policy::PathInHistory> paths;
  for (const source::WrittenPath& written : counts.written) {
    paths.push_back({written.path, written.origin.commit, written.origin.author,
                     written.origin.date, written.origin.object});
  }
  return paths;
}

struct StagedFiles {
  std::shared_ptr<const git::Index> index;  // not checked
  std::vector<git::Change> changes;
};

Result<StagedFiles> staged_files(const git::Repository& repository) {
  SLUICE_TRY_ASSIGN(auto index, git::unchecked_sparse_index(repository));
  SLUICE_TRY_ASSIGN(auto changes, git::staged_changes(repository, *index));
  return StagedFiles{std::move(index), std::move(changes)};
}

}  // namespace

Run staged_run(const Session& session) {
  Run run;
  run.kind = "staged";
  run.is_gate = true;
  run.description = "what this commit would add";
  // Scan and checks begin with it, side by side: the one of them that waited for the other would be left on its core.
  // What is wrong with it they tell.
  (void)git::unchecked_sparse_index(*session.repository());
  // Told once, by the first of the two that asks.
  const auto staged = std::async(std::launch::deferred, staged_files, std::cref(*session.repository())).share();
  run.scan = [&session, staged](source::ItemConsumer& consumer, Scope& scope) -> Status {
    if (!staged.get()) return tl::unexpected<Error>(staged.get().error());
    SLUICE_TRY_ASSIGN(scope.blobs, source::staged(*session.repository(), staged.get()->changes,
                                                  session.source_options(), consumer));
    return git::check_index(*session.repository(), *staged.get()->index);
  };
  run.check = [&session, staged](FindingSink& sink, Scope&) -> Status {
    const git::Repository& repository = *session.repository();
    SLUICE_TRY_ASSIGN(auto index, git::unchecked_sparse_index(repository));
    SLUICE_TRY_ASSIGN(const policy::Tree tree, policy::Tree::of_index(repository, index));
    ChangedPaths changed;
    const FindChanges find_changes = [&]() -> Result<const ChangedPaths*> {
      if (!staged.get()) return tl::unexpected<Error>(staged.get().error());
      changed = changed_paths(staged.get()->changes);
      return &changed;
    };
    SLUICE_TRY(check_changed_tree(session, tree, find_changes, sink));
    return git::check_index(repository, *index);
  };
  return run;
}

Run range_run(const Session& session, git::Range range, std::string kind, std::string description) {
  Run run;
  run.kind = std::move(kind);
  run.is_gate = true;
  run.description = std::move(description);
  run.is_history = true;
  const auto counts = std::make_shared<source::RangeCounts>();
  const auto shared_range = std::make_shared<git::Range>(std::move(range));
  run.scan = [&session, shared_range, counts](source::ItemConsumer& consumer, Scope& scope) -> Status {
    SLUICE_TRY_ASSIGN(*counts, source::range(*session.repository(), *shared_range,
                                             session.source_options(), consumer));
    scope.commits = counts->commits;
    scope.blobs = counts->blobs;
    scope.messages = counts->messages;
    return {};
  };
  run.check = [&session, shared_range](FindingSink& sink, Scope&) -> Status {
    for (const Oid& head : shared_range->include) {
      SLUICE_TRY_ASSIGN(const policy::Tree tree, policy::Tree::of_commit(*session.repository(), head));
      std::optional<ChangedPaths> changed;
      const FindChanges find_changes = [&]() -> Result<const ChangedPaths*> {
        SLUICE_TRY_ASSIGN(changed, range_paths(*session.repository(), *shared_range, head));
        return changed ? &*changed : nullptr;
      };
      SLUICE_TRY(check_changed_tree(session, tree, find_changes, sink));
    }
    return {};
  };
  run.check_paths = [&session, counts](FindingSink& sink) -> Status {
    policy::check_history_paths(paths_written(*counts), session.policy().env, sink);
    return {};
  };
  return run;
}

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
    policy::check_history_paths(paths, session.policy().env, sink);
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

Run directory_run(const Session& session, std::vector<std::string> paths) {
  Run run;
  run.kind = "dir";
  run.description = fmt::format("{}", fmt::join(paths, " "));
  run.scan = [&session, paths = std::move(paths)](source::ItemConsumer& consumer,
                                                  Scope& scope) -> Status {
    SLUICE_TRY_ASSIGN(scope.files, source::directory(paths, session.source_options(), consumer));
    return {};
  };
  return run;
}

Run text_run(std::string kind, OriginKind origin, std::string text, std::string path) {
  Run run;
  run.kind = std::move(kind);
  run.description = path;
  run.scan = [origin, text = std::move(text), path = std::move(path)](
                 source::ItemConsumer& consumer, Scope& scope) -> Status {
    source::Item item;
    item.bytes = text;
    item.origin.kind = origin;
    if (!path.empty()) item.paths = {path};
    consumer.consume(item);
    (origin == OriginKind::commit_message ? scope.messages : scope.files) = 1;
    return {};
  };
  return run;
}

Run check_run(const Session& session, std::string rev) {
  Run run;
  run.kind = "check";
  run.description = rev.empty() ? "the index" : rev;
  run.check = [&session, rev = std::move(rev)](FindingSink& sink, Scope& scope) -> Status {
    const git::Repository& repository = *session.repository();
    if (rev.empty()) {
      SLUICE_TRY_ASSIGN(const policy::Tree tree, policy::Tree::of_index(repository));
      scope.files = tree.files().size();
      return check_tree(session, tree, Reading::whole_project, sink, &scope);
    }
    SLUICE_TRY_ASSIGN(const Oid id, git::resolve(repository, rev));
    SLUICE_TRY_ASSIGN(const policy::Tree tree, policy::Tree::of_commit(repository, id));
    scope.files = tree.files().size();
    return check_tree(session, tree, Reading::whole_project, sink, &scope);
  };
  return run;
}

Run config_run(const Session& session, std::vector<std::string> paths) {
  Run run;
  run.kind = "config";
  run.description = fmt::format("{}", fmt::join(paths, " "));
  run.check = [&session, paths = std::move(paths)](FindingSink& sink, Scope& scope) {
    return check_config_files(session, paths, sink, scope);
  };
  return run;
}

}  // namespace sluice::app
