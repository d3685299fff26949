#include "source/connectivity.h"

#include <algorithm>

#include "git/commit.h"
#include "git/object.h"
#include "git/tree.h"

namespace sluice::source {
namespace {

using git::Object;
using git::ObjectKind;
using git::Oid;

struct Step {
  Oid id;
  bool is_blob = false;  // a tree said so: it need not be opened
};

// What an object refers to, pushed onto the walk.
Status expand(const git::Repository& repository, const Object& object, std::vector<Step>& pending) {
  switch (object.kind()) {
    case ObjectKind::blob: return {};
    case ObjectKind::tag: {
      SLUICE_TRY_ASSIGN(const git::Tag tag, git::parse_tag(object.bytes()));
      pending.push_back({tag.target});
      return {};
    }
    case ObjectKind::commit: {
      SLUICE_TRY_ASSIGN(const git::Commit commit, git::parse_commit(object.bytes()));
      pending.push_back({commit.tree});
      const auto& cut = repository.shallow_boundary();
      if (std::binary_search(cut.begin(), cut.end(), object.id())) return {};
      for (const Oid& parent : commit.parents) pending.push_back({parent});
      return {};
    }
    case ObjectKind::tree: {
      SLUICE_TRY_ASSIGN(const auto entries, git::parse_tree(object.bytes(), object.id().algorithm));
      for (const git::TreeEntry& entry : entries) {
        if (entry.kind() == git::FileKind::submodule) continue;
        pending.push_back({entry.id, entry.kind() != git::FileKind::tree});
      }
      return {};
    }
  }
  return {};
}

}  // namespace

Result<std::unordered_set<Oid>> reachable_objects(const git::Repository& repository,
                                                  const std::vector<Oid>& tips,
                                                  ItemConsumer& consumer) {
  std::unordered_set<Oid> reached;
  std::vector<Step> pending;
  for (const Oid& tip : tips) pending.push_back({tip});
  while (!pending.empty()) {
    if (consumer.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
    const Step step = pending.back();
    pending.pop_back();
    if (!reached.insert(step.id).second) continue;
    if (step.is_blob && git::has_object(repository, step.id)) continue;
    const auto object = git::read_object(repository, step.id);
    if (!object) {
      consumer.problem(to_problem(object.error()));
      continue;
    }
    if (const Status status = expand(repository, *object, pending); !status) {
      consumer.problem(to_problem(status.error()));
    }
  }
  return reached;
}

void ReferenceCheck::note(const Oid& id) {
  if (!store_.contains(id)) any_missing_ = true;
}

Status ReferenceCheck::report_missing(const git::Repository& repository,
                                      const std::vector<Oid>& tips, ItemConsumer& consumer) {
  if (!any_missing_) return {};
  const auto walked = reachable_objects(repository, tips, consumer);
  if (!walked) return fail(walked.error().kind, walked.error().what);
  return {};
}

}  // namespace sluice::source
