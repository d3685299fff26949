#include "git/commit_graph.h"

#include <algorithm>
#include <string>

#include "git/commit.h"
#include "git/object.h"
#include "git/repository.h"

namespace sluice::git {

Result<std::size_t> CommitGraph::load(const Oid& id) {
  const auto known = numbers_.find(id);
  if (known != numbers_.end()) return known->second;
  SLUICE_TRY_ASSIGN(const Object object, read_object(repository_, id, ObjectKind::commit));
  auto parsed = parse_commit(object.bytes());
  if (!parsed) return fail(ErrorKind::corrupt, parsed.error().what, id.hex());
  Node node;
  node.id = id;
  node.time = parsed->committer.seconds;
  const auto& boundary = repository_.shallow_boundary();
  if (!std::binary_search(boundary.begin(), boundary.end(), id))
    node.parents = std::move(parsed->parents);
  nodes_.push_back(std::move(node));
  numbers_.emplace(id, nodes_.size() - 1);
  return nodes_.size() - 1;
}

Result<std::size_t> CommitGraph::load_parent(std::size_t child, const Oid& id) {
  auto number = load(id);
  if (!number)
    number.error().what = "parent of commit " + nodes_[child].id.hex() + ": " + number.error().what;
  return number;
}

std::size_t CommitGraph::find(const Oid& id) const {
  const auto known = numbers_.find(id);
  return known == numbers_.end() ? nodes_.size() : known->second;
}

}  // namespace sluice::git
