#include "source/history_visitor.h"

#include <utility>

#include "git/commit.h"
#include "git/tree.h"
#include "source/messages.h"

namespace sluice::source {

using git::Oid;

HistoryVisitor::HistoryVisitor(ScanState& state) : state_(state) {
  if (state.table != nullptr) part_.emplace(*state.numbers);
}

HistoryVisitor::~HistoryVisitor() {
  const std::lock_guard guard(state_.lock);
  state_.counts.commits += own_commits_;
  state_.counts.messages += own_commits_ + tags_;
  state_.counts.blobs += blobs_;
  state_.commits.insert(state_.commits.end(), commits_.begin(), commits_.end());
  if (part_) state_.table->add(std::move(*part_));
}

void HistoryVisitor::problem(const pack::ObjectId* id, const Error& error) {
  Problem problem = to_problem(error);
  if (id != nullptr) problem.where = id->hex();
  state_.consumer.problem(std::move(problem));
}

std::shared_ptr<const pack::Memory> HistoryVisitor::object(const pack::WalkedObject& object) {
  if ((++state_.done & 63) == 0) state_.consumer.progress(state_.done, state_.total);
  if (state_.only != nullptr && state_.only->count(object.id) == 0) return nullptr;
  if (object.kind == pack::ObjectKind::blob) return visit_blob(object);
  if (const Status status = visit_kind(object); !status) {
    Problem problem = to_problem(status.error());
    problem.where = object.id.hex();
    state_.consumer.problem(std::move(problem));
  }
  return nullptr;
}

bool HistoryVisitor::blob_in_pieces(const pack::ObjectId& id, pack::EntryPieces& pieces) {
  const std::uint64_t most = state_.options.max_blob_size;
  const bool is_left_out = (state_.only != nullptr && state_.only->count(id) == 0) || (most != 0 && pieces.size() > most);
  if (is_left_out || !state_.consumer.holds_nothing(pieces)) return false;
  ++state_.done;
  ++blobs_;
  return true;
}

Status HistoryVisitor::visit_kind(const pack::WalkedObject& object) {
  switch (object.kind) {
    case pack::ObjectKind::blob: return {};
    case pack::ObjectKind::tree: return visit_tree(object.id, object.bytes);
    case pack::ObjectKind::commit: return visit_commit(object);
    case pack::ObjectKind::tag: return visit_tag(object.id, object.bytes);
  }
  return {};
}

std::shared_ptr<const Memory> HistoryVisitor::visit_blob(const pack::WalkedObject& object) {
  if (skip_when_large(state_.options, object.bytes.size(), object.id.hex(), state_.consumer)) return nullptr;
  ++blobs_;
  Item item;
  item.bytes = object.bytes;
  item.origin.kind = OriginKind::blob;
  item.origin.object = object.id.hex();
  item.derivation = object.derivation;
  item.is_base = object.is_base;
  return state_.consumer.consume(item);
}

Status HistoryVisitor::visit_tree(const Oid& id, std::string_view bytes) {
  SLUICE_TRY_ASSIGN(const auto entries, git::parse_tree(bytes, id.algorithm));
  for (const git::TreeEntry& entry : entries) {
    if (entry.kind() != git::FileKind::submodule) state_.references.note(entry.id);
    if (state_.watch(entry.name)) state_.watched_name_seen = true;
  }
  return {};
}

Status HistoryVisitor::visit_commit(const pack::WalkedObject& object) {
  const Oid id = object.id;
  SLUICE_TRY_ASSIGN(const git::Commit commit, git::parse_commit(object.bytes));
  commits_.push_back(id);
  const bool has_tree = part_ && part_->add(object, commit, state_.boundary);
  if (!has_tree) state_.references.note(commit.tree);
  if (!state_.options.shard.holds(id)) return {};
  ++own_commits_;
  yield_commit_message(commit, commit_origin(id, commit), state_.consumer);
  return {};
}

Status HistoryVisitor::visit_tag(const Oid& id, std::string_view bytes) {
  SLUICE_TRY_ASSIGN(const git::Tag tag, git::parse_tag(bytes));
  state_.references.note(tag.target);
  if (!state_.options.shard.holds(id)) return {};
  ++tags_;
  yield_tag_message(id, tag, state_.consumer);
  return {};
}

}  // namespace sluice::source
