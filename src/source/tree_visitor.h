#pragma once

#include <memory>
#include <unordered_set>

#include "git/oid.h"
#include "pack/walk.h"
#include "source/item.h"
#include "source/tree_index.h"

namespace sluice::source {

/// One thread's reader of trees, when they are read for themselves.
class TreeVisitor : public pack::WalkVisitor {
 public:
  /// All must outlive this. `only`: the trees to read; null for all.
  TreeVisitor(TreeIndex::Reader& reader, const std::unordered_set<git::Oid>* only, ItemConsumer& consumer)
      : reader_(reader), only_(only), consumer_(consumer) {}

  std::shared_ptr<const pack::Memory> object(const pack::WalkedObject& object) override {
    if (only_ != nullptr && only_->count(object.id) == 0) return nullptr;
    auto memory = reader_.read(object);
    if (memory) return *memory;
    problem(&object.id, memory.error());
    return nullptr;
  }

  void problem(const pack::ObjectId* id, const Error& error) override {
    Problem problem = to_problem(error);
    if (id != nullptr) problem.where = id->hex();
    consumer_.problem(std::move(problem));
  }

 private:
  TreeIndex::Reader& reader_;
  const std::unordered_set<git::Oid>* only_;
  ItemConsumer& consumer_;
};

}  // namespace sluice::source
