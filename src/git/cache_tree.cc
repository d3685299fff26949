#include "git/cache_tree.h"

#include <charconv>

namespace sluice::git {
namespace {

tl::unexpected<Error> broken() {
  return fail(ErrorKind::corrupt, "the index has a malformed cache of trees");
}

// Takes a decimal number that ends with `end` off the front of `bytes`.
std::optional<std::int64_t> take_number(std::string_view& bytes, char end) {
  const std::size_t length = bytes.substr(0, 24).find(end);
  if (length == std::string_view::npos) return std::nullopt;
  std::int64_t number = 0;
  const char* const last = bytes.data() + length;
  const auto [stop, error] = std::from_chars(bytes.data(), last, number);
  if (error != std::errc() || stop != last) return std::nullopt;
  bytes.remove_prefix(length + 1);
  return number;
}

struct Open {
  std::size_t node;
  std::int64_t children_left;
};

}  // namespace

Result<CacheTree> CacheTree::parse(std::string_view bytes, HashAlgorithm algorithm) {
  CacheTree tree;
  std::vector<Open> open;
  do {
    const std::size_t name_end = bytes.find('\0');
    if (name_end == std::string_view::npos) return broken();
    Node node;
    node.name = bytes.substr(0, name_end);
    if (node.name.empty() != open.empty()) return broken();
    bytes.remove_prefix(name_end + 1);
    const auto count = take_number(bytes, ' ');
    const auto children = take_number(bytes, '\n');
    if (!count || !children || *children < 0) return broken();
    node.entry_count = *count;
    if (*count >= 0) {
      if (bytes.size() < pack::name_size(algorithm)) return broken();
      node.id = Oid::from_raw(algorithm, bytes.data());
      bytes.remove_prefix(pack::name_size(algorithm));
    }
    if (!open.empty()) --open.back().children_left;
    open.push_back({tree.nodes_.size(), *children});
    tree.nodes_.push_back(node);
    while (!open.empty() && open.back().children_left == 0) {
      tree.nodes_[open.back().node].end = tree.nodes_.size();
      open.pop_back();
    }
  } while (!open.empty());
  return tree;
}

std::optional<std::size_t> CacheTree::find_child(std::size_t parent, std::string_view name, std::size_t last) const {
  if (last < nodes_.size()) {
    const std::size_t next = nodes_[last].end;
    if (next < nodes_[parent].end && nodes_[next].name == name) return next;
  }
  for (std::size_t at = parent + 1; at < nodes_[parent].end; at = nodes_[at].end)
    if (nodes_[at].name == name) return at;
  return std::nullopt;
}

}  // namespace sluice::git
