#include "source/staged.h"

#include <map>

#include "git/diff.h"
#include "git/object.h"

namespace sluice::source {
namespace {

using git::Change;
using git::ChangeStatus;
using git::Oid;

bool has_content(const Change& change) {
  return change.status != ChangeStatus::deleted && !change.submodule && !change.intent_to_add &&
         change.stage != 1 && !change.new_id.is_zero();
}

// What an unmerged path was before both sides changed it, for telling what they added.
std::map<std::string, Oid> merge_base_blobs(const std::vector<Change>& changes) {
  std::map<std::string, Oid> blobs;
  for (const Change& change : changes) {
    if (change.stage == 1) blobs[change.path] = change.new_id;
  }
  return blobs;
}

Status yield(const git::Repository& repository, const Change& change, const Oid& old_id,
             ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const git::Object object,
                    git::read_object(repository, change.new_id, git::ObjectKind::blob));
  Item item;
  item.bytes = object.bytes();
  item.origin.kind = OriginKind::blob;
  item.origin.object = change.new_id.hex();
  item.paths = {change.path};
  if (!old_id.is_zero()) {
    item.added_lines = [&]() -> Result<std::vector<git::LineRange>> {
      SLUICE_TRY_ASSIGN(const git::Object old, git::read_object(repository, old_id));
      return git::added_lines(old.bytes(), object.bytes());
    };
  }
  consumer.consume(item);
  return {};
}

}  // namespace

Result<std::uint64_t> staged(const git::Repository& repository, const SourceOptions& options,
                             ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const std::vector<Change> changes, git::staged_changes(repository));
  const std::map<std::string, Oid> bases = merge_base_blobs(changes);
  std::uint64_t blobs = 0;
  std::uint64_t done = 0;
  for (const Change& change : changes) {
    consumer.progress(done++, changes.size());
    if (consumer.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
    if (!has_content(change)) continue;
    Oid old_id = change.old_id;
    if (const auto base = bases.find(change.path); change.stage > 1 && base != bases.end()) {
      old_id = base->second;
    }
    const auto header = git::read_header(repository, change.new_id);
    if (header && skip_when_large(options, header->size, change.path, consumer)) continue;
    ++blobs;
    if (const Status status = yield(repository, change, old_id, consumer); !status) {
      Problem problem = to_problem(status.error());
      problem.where = change.path;
      consumer.problem(std::move(problem));
    }
  }
  return blobs;
}

}  // namespace sluice::source
