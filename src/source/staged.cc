#include "source/staged.h"

#include <map>
#include <optional>

#include "git/object.h"

namespace sluice::source {
namespace {

using git::Change;
using git::ChangeStatus;
using git::Oid;
using Ranges = std::vector<git::LineRange>;

bool has_content(const Change& change) {
  return change.status != ChangeStatus::deleted && !change.submodule && !change.intent_to_add &&
         change.stage != 1 && !change.new_id.is_zero();
}

class StagedBlobs {
 public:
  StagedBlobs(const git::Repository& repository, const SourceOptions& options, ItemConsumer& consumer,
              const std::vector<Change>& changes)
      : repository_(repository), options_(options), consumer_(consumer), changes_(changes) {
    for (const Change& change : changes_)
      if (change.stage == 1) merge_bases_[change.path] = change.new_id;
  }

  Result<std::uint64_t> run() {
    std::uint64_t done = 0;
    for (const Change& change : changes_) {
      consumer_.progress(done++, changes_.size());
      if (consumer_.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
      if (!has_content(change) || is_too_large(change)) continue;
      ++blobs_;
      if (const Status status = yield(change); !status) {
        Problem problem = to_problem(status.error());
        problem.where = change.path;
        consumer_.problem(std::move(problem));
      }
    }
    return blobs_;
  }

 private:
  bool is_too_large(const Change& change) {
    if (options_.max_blob_size == 0) return false;
    const auto header = git::read_header(repository_, change.new_id);
    return header && skip_when_large(options_, header->size, change.path, consumer_);
  }

  Status yield(const Change& change) {
    SLUICE_TRY_ASSIGN(const git::Object object,
                      git::read_object(repository_, change.new_id, git::ObjectKind::blob));
    Item item;
    item.bytes = object.bytes();
    item.origin.kind = OriginKind::blob;
    item.origin.object = change.new_id.hex();
    item.paths = {change.path};
    item.added_lines = [&]() -> Result<Ranges> {
      const Oid old_id = old_blob(change);
      if (old_id.is_zero()) return git::added_lines({}, object.bytes());
      SLUICE_TRY_ASSIGN(const git::Object old, git::read_object(repository_, old_id));
      return git::added_lines(old.bytes(), object.bytes());
    };
    consumer_.consume(item);
    return {};
  }

  // What the blob is held against: what HEAD has at its path; for an unmerged one what both sides come
  // from; for an added one the file that it was renamed from, if there is such.
  Oid old_blob(const Change& change) {
    const auto base = merge_bases_.find(change.path);
    if (change.stage > 1 && base != merge_bases_.end()) return base->second;
    if (change.status != ChangeStatus::added) return change.old_id;
    if (!renames_) find_renames();
    const auto renamed = renames_->find(change.path);
    return renamed == renames_->end() ? Oid{} : renamed->second;
  }

  // Only for the sake of an added file in which something was found: files must be read to tell.
  void find_renames() {
    renames_.emplace();
    std::vector<Change> changes = changes_;
    git::find_renames(repository_, changes);
    for (const Change& change : changes)
      if (change.status == ChangeStatus::renamed) renames_->emplace(change.path, change.old_id);
  }

  const git::Repository& repository_;
  const SourceOptions& options_;
  ItemConsumer& consumer_;
  const std::vector<Change>& changes_;
  std::map<std::string, Oid> merge_bases_;
  std::optional<std::map<std::string, Oid>> renames_;
  std::uint64_t blobs_ = 0;
};

}  // namespace

Result<std::uint64_t> staged(const git::Repository& repository, const std::vector<Change>& changes,
                             const SourceOptions& options, ItemConsumer& consumer) {
  return StagedBlobs(repository, options, consumer, changes).run();
}

}  // namespace sluice::source
