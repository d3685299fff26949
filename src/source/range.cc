#include "source/range.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "git/commit.h"
#include "git/commit_graph.h"
#include "git/diff.h"
#include "git/object.h"
#include "git/walk.h"
#include "source/added_lines.h"
#include "source/introductions.h"
#include "source/messages.h"
#include "source/workers.h"

namespace sluice::source {
namespace {

using git::Oid;

// A blob of the range with every place that introduced it.
struct NewBlob {
  Oid id;
  Origin origin;
  std::vector<Place> places;
};

// What one commit brings.
struct Brought {
  Status status;
  bool has_message = false;
  Origin origin;
  Oid tree;
  std::vector<Oid> parent_trees;
  std::vector<Introduction> introductions;
};

class RangeWalk {
 public:
  RangeWalk(const git::Repository& repository, const SourceOptions& options, ItemConsumer& consumer)
      : repository_(repository), options_(options), consumer_(consumer) {}

  Result<RangeCounts> run(const git::Range& range) {
    std::vector<Oid> ids;
    if (range.commits) {
      ids = *range.commits;
    } else {
      SLUICE_TRY_ASSIGN(ids, git::commits(repository_, range.include, range.exclude));
    }
    SLUICE_TRY(look_at_commits(ids));
    for (const Oid& tag : range.tags) {
      if (const Status status = yield_tag_message(repository_, tag, consumer_); !status) {
        consumer_.problem(to_problem(status.error()));
      }
      ++counts_.messages;
    }
    SLUICE_TRY(yield_blobs());
    for (const NewBlob& blob : blobs_) {
      for (const Place& place : blob.places) counts_.written.push_back({place.path, blob.origin});
    }
    counts_.blobs = blobs_.size();
    return std::move(counts_);
  }

 private:
  Status look_at_commits(const std::vector<Oid>& ids) {
    std::vector<Brought> brought(ids.size());
    SLUICE_TRY(for_each_index(ids.size(), options_.jobs, consumer_, [&] {
      return [&, introductions = Introductions(repository_)](std::size_t i) mutable {
        brought[i].status = look_at_commit(ids[i], introductions, brought[i]);
      };
    }));
    for (Brought& one : brought) note(std::move(one));
    counts_.commits = ids.size();
    return {};
  }

  Status look_at_commit(const Oid& id, Introductions& introductions, Brought& brought) const {
    SLUICE_TRY_ASSIGN(const git::Object object,
                      git::read_object(repository_, id, git::ObjectKind::commit));
    SLUICE_TRY_ASSIGN(const git::Commit commit, git::parse_commit(object.bytes()));
    brought.origin = commit_origin(id, commit);
    brought.tree = commit.tree;
    yield_commit_message(commit, brought.origin, consumer_);
    brought.has_message = true;
    const auto& cut = repository_.shallow_boundary();
    if (std::binary_search(cut.begin(), cut.end(), id) && !commit.parents.empty()) {
      return fail(ErrorKind::not_found,
                  "the clone is shallow and ends here, so what is new in this commit cannot be told",
                  id.hex(),
                  "fetch the rest: git fetch --unshallow (actions/checkout: fetch-depth: 0)");
    }
    for (const Oid& parent : commit.parents) {
      SLUICE_TRY_ASSIGN(const Oid tree, git::tree_of_commit(repository_, parent));
      brought.parent_trees.push_back(tree);
    }
    SLUICE_TRY_ASSIGN(brought.introductions, introductions.of(commit.tree, brought.parent_trees));
    return {};
  }

  void note(Brought brought) {
    if (!brought.status) consumer_.problem(to_problem(brought.status.error()));
    if (brought.has_message) ++counts_.messages;
    for (Introduction& one : brought.introductions) {
      NewBlob& blob = blob_of(one.blob, brought.origin);
      blob.places.push_back({std::move(one.path), brought.tree, brought.parent_trees, std::move(one.before)});
    }
  }

  NewBlob& blob_of(const Oid& id, const Origin& origin) {
    const auto [at, fresh] = number_of_.emplace(id, blobs_.size());
    if (fresh) {
      blobs_.push_back({id, origin, {}});
      blobs_.back().origin.kind = OriginKind::blob;
      blobs_.back().origin.object = id.hex();
    }
    return blobs_[at->second];
  }

  Status yield_blobs() {
    return for_each_index(blobs_.size(), options_.jobs, consumer_, [this] {
      return [this, added = AddedLines(repository_)](std::size_t i) mutable {
        const NewBlob& blob = blobs_[i];
        const Status status = yield_blob(blob, added);
        if (status) return;
        Problem problem = to_problem(status.error());
        problem.where = fmt::format("{} ({})", blob.places.front().path, blob.id.hex());
        consumer_.problem(std::move(problem));
      };
    });
  }

  Status yield_blob(const NewBlob& blob, AddedLines& added) {
    SLUICE_TRY_ASSIGN(const git::ObjectHeader header, git::read_header(repository_, blob.id));
    if (skip_when_large(options_, header.size, blob.places.front().path, consumer_)) return {};
    SLUICE_TRY_ASSIGN(const git::Object object,
                      git::read_object(repository_, blob.id, git::ObjectKind::blob));
    Item item;
    item.bytes = object.bytes();
    item.origin = blob.origin;
    std::set<std::string> paths;
    for (const Place& place : blob.places) paths.insert(place.path);
    item.paths.assign(paths.begin(), paths.end());
    item.added_lines = [&] { return added.of(object.bytes(), blob.places); };
    consumer_.consume(item);
    return {};
  }

  const git::Repository& repository_;
  const SourceOptions& options_;
  ItemConsumer& consumer_;
  RangeCounts counts_;
  std::unordered_map<Oid, std::size_t> number_of_;
  std::vector<NewBlob> blobs_;
};

}  // namespace

Result<RangeCounts> range(const git::Repository& repository, const git::Range& range,
                          const SourceOptions& options, ItemConsumer& consumer) {
  return RangeWalk(repository, options, consumer).run(range);
}

}  // namespace sluice::source
