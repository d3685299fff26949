#include "git/loaded_commits.h"

#include <algorithm>
#include <string>
#include <utility>

#include "git/commit.h"
#include "git/object.h"
#include "git/repository.h"
#include "pack/commit_graph.h"

namespace sluice::git {

// The commit-graph may come into use in the middle of a walk.
void LoadedCommits::use(const pack::CommitGraph& graph) {
  graph_ = &graph;
  for (Node& node : nodes_)
    if (const auto position = graph.find(node.id)) node.generation = graph.generation(*position);
}

Result<LoadedCommits::Node> LoadedCommits::read(const Oid& id) {
  const pack::CommitGraph* const graph = repository_.commit_graph();
  if (graph != nullptr && graph_ == nullptr) use(*graph);
  Node node;
  node.id = id;
  const auto position = graph_ != nullptr ? graph_->find(id) : std::nullopt;
  if (position) node.generation = graph_->generation(*position);
  if (position && has_object(repository_, id)) {
    node.time = graph_->time(*position);
    node.parents = graph_->parents(*position);
    return node;
  }
  SLUICE_TRY_ASSIGN(const Object object, read_object(repository_, id, ObjectKind::commit));
  auto parsed = parse_commit(object.bytes());
  if (!parsed) return fail(ErrorKind::corrupt, parsed.error().what, id.hex());
  node.time = parsed->committer.seconds;
  const auto& boundary = repository_.shallow_boundary();
  if (!std::binary_search(boundary.begin(), boundary.end(), id))
    node.parents = std::move(parsed->parents);
  return node;
}

Result<std::size_t> LoadedCommits::load(const Oid& id) {
  const auto known = numbers_.find(id);
  if (known != numbers_.end()) return known->second;
  SLUICE_TRY_ASSIGN(Node node, read(id));
  nodes_.push_back(std::move(node));
  numbers_.emplace(id, nodes_.size() - 1);
  return nodes_.size() - 1;
}

Result<std::size_t> LoadedCommits::load_parent(std::size_t child, const Oid& id) {
  auto number = load(id);
  if (!number)
    number.error().what = "parent of commit " + nodes_[child].id.hex() + ": " + number.error().what;
  return number;
}

std::size_t LoadedCommits::find(const Oid& id) const {
  const auto known = numbers_.find(id);
  return known == numbers_.end() ? nodes_.size() : known->second;
}

std::uint64_t LoadedCommits::corrected_date(std::size_t number) const {
  const bool is_known = graph_ != nullptr && graph_->has_corrected_dates();
  return is_known ? nodes_[number].generation : no_generation;
}

}  // namespace sluice::git
