#include "app/runs.h"

#include <fmt/format.h>

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "app/changed_paths.h"
#include "app/tree_checks.h"
#include "git/index.h"
#include "git/object.h"
#include "git/tree.h"
#include "policy/history.h"
#include "policy/tree.h"
#include "source/directory.h"
#include "source/range.h"
#include "source/staged.h"

namespace sluice::app {
namespace {

using git::Oid;

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
    policy::check_history_paths(*session.repository(), paths_written(*counts), session.policy().env, sink);
    return {};
  };
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
