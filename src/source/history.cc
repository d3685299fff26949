#include "source/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <unordered_set>

#include "git/commit.h"
#include "git/object.h"
#include "git/refs.h"
#include "git/walk.h"
#include "source/connectivity.h"
#include "source/messages.h"
#include "source/workers.h"

namespace sluice::source {
namespace {

using git::Object;
using git::ObjectKind;
using git::Oid;

// One thread's share of the scan, with its own handle on the repository.
class HistoryWorker {
 public:
  struct Shared {
    const std::vector<Oid>& objects;
    const SourceOptions& options;
    ItemConsumer& consumer;
    ReferenceCheck& references;
    std::mutex lock;
    HistoryCounts counts;
    std::vector<Oid> commits;
  };

  HistoryWorker(git::Repository repository, Shared& shared)
      : repository_(std::move(repository)), shared_(shared) {}
  HistoryWorker(HistoryWorker&& other) noexcept
      : repository_(std::move(other.repository_)), shared_(other.shared_) {}
  HistoryWorker(const HistoryWorker&) = delete;
  HistoryWorker& operator=(const HistoryWorker&) = delete;
  HistoryWorker& operator=(HistoryWorker&&) = delete;

  ~HistoryWorker() {
    const std::lock_guard guard(shared_.lock);
    shared_.counts.commits += commits_.size();
    shared_.counts.messages += commits_.size() + tags_;
    shared_.counts.blobs += blobs_;
    shared_.commits.insert(shared_.commits.end(), commits_.begin(), commits_.end());
  }

  void operator()(std::size_t i) {
    const Oid& id = shared_.objects[i];
    if (const Status status = visit(id); !status) {
      Problem problem = to_problem(status.error());
      if (problem.where.empty()) problem.where = id.hex();
      shared_.consumer.problem(std::move(problem));
    }
  }

 private:
  Status visit(const Oid& id) {
    SLUICE_TRY_ASSIGN(const git::ObjectHeader header, git::read_header(repository_, id));
    if (header.kind == ObjectKind::blob &&
        skip_when_large(shared_.options, header.size, id.hex(), shared_.consumer)) {
      return {};
    }
    SLUICE_TRY_ASSIGN(const Object object, git::read_object(repository_, id));
    switch (object.kind()) {
      case ObjectKind::blob: return visit_blob(object);
      case ObjectKind::tree: return shared_.references.note_tree(object.bytes());
      case ObjectKind::commit: return visit_commit(object);
      case ObjectKind::tag: return visit_tag(object);
    }
    return {};
  }

  Status visit_blob(const Object& object) {
    ++blobs_;
    Item item;
    item.bytes = object.bytes();
    item.origin.kind = OriginKind::blob;
    item.origin.object = object.id().hex();
    shared_.consumer.consume(item);
    return {};
  }

  Status visit_commit(const Object& object) {
    SLUICE_TRY_ASSIGN(const git::Commit commit, git::parse_commit(object.bytes()));
    commits_.push_back(object.id());
    shared_.references.note(commit.tree);
    yield_commit_message(commit, commit_origin(object.id(), commit), shared_.consumer);
    return {};
  }

  Status visit_tag(const Object& object) {
    SLUICE_TRY_ASSIGN(const git::Tag tag, git::parse_tag(object.bytes()));
    ++tags_;
    shared_.references.note(tag.target);
    yield_tag_message(object.id(), tag, shared_.consumer);
    return {};
  }

  git::Repository repository_;
  Shared& shared_;
  std::vector<Oid> commits_;
  std::uint64_t blobs_ = 0;
  std::uint64_t tags_ = 0;
};

void report_shallow(const git::Repository& repository, ItemConsumer& consumer) {
  if (!repository.is_shallow()) return;
  consumer.problem({fmt::format("the clone is shallow: history is cut at {} commits",
                                repository.shallow_boundary().size()),
                    repository.git_dir(),
                    "fetch the rest: git fetch --unshallow (actions/checkout: fetch-depth: 0)"});
}

}  // namespace

Result<std::vector<Oid>> History::tips(ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const git::RefList refs, git::all_refs(repository_));
  SLUICE_TRY_ASSIGN(const git::Reflogs logs, git::all_reflogs(repository_));
  for (const Error& error : refs.problems) consumer.problem(to_problem(error));
  for (const Error& error : logs.problems) consumer.problem(to_problem(error));
  std::vector<Oid> tips;
  for (const git::Ref& ref : refs.refs) tips.push_back(ref.target);
  for (const git::ReflogEntry& entry : logs.entries) {
    // A log outlives what it names when gc has pruned it; that is no damage.
    if (git::has_object(repository_, entry.id)) tips.push_back(entry.id);
  }
  std::sort(tips.begin(), tips.end());
  tips.erase(std::unique(tips.begin(), tips.end()), tips.end());
  return tips;
}

Result<std::vector<Oid>> History::objects(ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(std::vector<Oid> all, git::all_objects(repository_));
  if (!options_.reachable_only) return all;
  SLUICE_TRY_ASSIGN(const std::unordered_set<Oid> reached,
                    reachable_objects(repository_, tips_, consumer));
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const Oid& id) { return reached.count(id) == 0; }),
            all.end());
  return all;
}

Result<HistoryCounts> History::scan(ItemConsumer& consumer) {
  report_shallow(repository_, consumer);
  SLUICE_TRY_ASSIGN(tips_, tips(consumer));
  SLUICE_TRY_ASSIGN(const std::vector<Oid> all, objects(consumer));
  ReferenceCheck references(all);
  HistoryWorker::Shared shared{all, options_, consumer, references, {}, {}, {}};
  const std::string dir = repository_.git_dir();
  const unsigned jobs = std::max(1u, options_.jobs);
  std::vector<git::Repository> handles;
  for (unsigned i = 0; i < jobs; ++i) {
    SLUICE_TRY_ASSIGN(git::Repository handle, git::Repository::open(dir));
    handles.push_back(std::move(handle));
  }
  std::size_t taken = 0;
  SLUICE_TRY(for_each_index(all.size(), jobs, consumer, [&] {
    const std::lock_guard guard(shared.lock);
    return HistoryWorker(std::move(handles[taken++]), shared);
  }));
  commits_found_ = std::move(shared.commits);
  std::sort(commits_found_.begin(), commits_found_.end());
  SLUICE_TRY(references.report_missing(repository_, tips_, consumer));
  return shared.counts;
}

Result<std::vector<Oid>> History::commits_in_order(ItemConsumer& consumer) {
  std::vector<Oid> starts;
  for (const Oid& tip : tips_) {
    // Tags on trees and blobs have no commits; broken tips were reported by the scan.
    if (const auto commit = git::peel_to_commit(repository_, tip)) starts.push_back(*commit);
  }
  std::vector<Oid> ordered;
  if (auto walked = git::commits(repository_, starts, {})) {
    ordered = std::move(*walked);
  } else {
    consumer.problem(to_problem(walked.error()));
  }
  // Unreachable commits come last: their parents may be gone, so they cannot be walked.
  const std::unordered_set<Oid> known(ordered.begin(), ordered.end());
  for (const Oid& id : commits_found_) {
    if (known.count(id) == 0) ordered.push_back(id);
  }
  return ordered;
}

Result<std::vector<git::AttributionRoot>> History::roots(ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const std::vector<Oid> commits, commits_in_order(consumer));
  return git::commit_roots(repository_, commits);
}

Result<HistoryAttribution> History::attribute(const std::vector<Oid>& ids, ItemConsumer& consumer) {
  HistoryAttribution answer;
  SLUICE_TRY_ASSIGN(const std::vector<git::AttributionRoot> all, roots(consumer));
  for (std::size_t i = 0; i < all.size(); ++i) answer.rank.emplace(all[i].commit, i);
  SLUICE_TRY_ASSIGN(git::AttributionResult result, git::attribute(repository_, ids, all));
  for (const Error& error : result.problems) consumer.problem(to_problem(error));
  answer.blobs = std::move(result.blobs);
  return answer;
}

}  // namespace sluice::source
