#include "pack/commit_graph.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace sluice::pack {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view chain_folder = "/info/commit-graphs/";
constexpr std::uint64_t most_commits = 0x6fffffffU;  // a larger number means that there is no parent

// The size of a file; nothing when it is not there.
std::optional<std::uint64_t> size_of(const std::string& path) {
  std::error_code error;
  const std::uint64_t size = fs::file_size(path, error);
  return error ? std::nullopt : std::optional(size);
}

// `commit-graph-chain`: the checksum of one file a line, the lowest first.
Result<CommitGraphChain> read_chain(const MappedFile& list, const std::string& path,
                                    const std::vector<std::string>& object_directories,
                                    HashAlgorithm algorithm) {
  CommitGraphChain chain;
  std::string_view text = list.bytes();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto checksum = ObjectId::from_hex(algorithm, text.substr(0, end));
    if (!checksum) return corrupt_commit_graph("chain has a malformed line", path);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t before = chain.files.size();
    for (const std::string& directory : object_directories) {
      const std::string file =
          directory + std::string(chain_folder) + "graph-" + checksum->hex() + ".graph";
      const auto size = size_of(file);
      if (!size) continue;
      chain.files.push_back(file);
      chain.size += *size;
      break;
    }
    if (chain.files.size() == before)
      return corrupt_commit_graph("chain names the file " + checksum->hex() + ", which is not there", path);
  }
  return chain;
}

}  // namespace

Result<CommitGraphChain> find_commit_graph(const std::vector<std::string>& object_directories,
                                           HashAlgorithm algorithm) {
  for (const std::string& directory : object_directories) {
    const std::string single = directory + "/info/commit-graph";
    if (const auto size = size_of(single)) return CommitGraphChain{{single}, *size};
    const std::string list = directory + std::string(chain_folder) + "commit-graph-chain";
    const auto file = MappedFile::open(list);
    if (!file && file.error().kind == ErrorKind::not_found) continue;
    if (!file) return tl::unexpected<Error>(file.error());
    return read_chain(*file, list, object_directories, algorithm);
  }
  return CommitGraphChain();
}

Result<CommitGraph> CommitGraph::open(const std::vector<std::string>& files, HashAlgorithm algorithm) {
  std::vector<CommitGraphFile> opened;
  for (const std::string& path : files) {
    SLUICE_TRY_ASSIGN(CommitGraphFile file, CommitGraphFile::open(path, algorithm));
    opened.push_back(std::move(file));
  }
  return join(std::move(opened), algorithm);
}

Result<CommitGraph> CommitGraph::join(std::vector<CommitGraphFile> files, HashAlgorithm algorithm) {
  CommitGraph graph;
  graph.algorithm_ = algorithm;
  graph.has_corrected_dates_ = std::all_of(files.begin(), files.end(), [](const CommitGraphFile& file) {
    return file.has_corrected_dates() || file.count() == 0;
  });
  for (CommitGraphFile& file : files) {
    const std::uint32_t first = graph.count_;
    if (std::uint64_t{first} + file.count() > most_commits)
      return corrupt_commit_graph("holds more commits than one can", file.path());
    graph.count_ += file.count();
    graph.layers_.push_back({std::move(file), first, graph.layers_.size()});
  }
  SLUICE_TRY(graph.check_bases());
  graph.generations_.reserve(graph.count_);
  for (const Layer& layer : graph.layers_) {
    SLUICE_TRY(graph.read_generations(layer));
    SLUICE_TRY(graph.check_parents(layer));
  }
  return graph;
}

Status CommitGraph::check_bases() const {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const std::vector<std::string_view>& bases = layers_[i].file.bases();
    const bool fits = bases.size() == i && std::equal(bases.begin(), bases.end(), layers_.begin(),
                                                      [](std::string_view base, const Layer& layer) {
                                                        return base == layer.file.checksum();
                                                      });
    if (!fits) return corrupt_commit_graph("builds upon other files than those of its chain", layers_[i].file.path());
  }
  return {};
}

Status CommitGraph::read_generations(const Layer& layer) {
  const std::string& path = layer.file.path();
  for (std::uint32_t i = 0; i < layer.file.count(); ++i) {
    if (layer.number > 0 && find_in(layer.number, layer.file.name(i)))
      return corrupt_commit_graph("holds a commit twice", path);
    const auto generation = has_corrected_dates_ ? layer.file.corrected_date(i) : layer.file.level(i);
    if (!generation) return corrupt_commit_graph("names a date that it does not hold", path);
    if (!has_corrected_dates_ && *generation == 0)
      return fail(ErrorKind::unsupported, "the commit-graph was written without generations", path, commit_graph_remedy);
    generations_.push_back(*generation);
  }
  return {};
}

// Each list of further parents belongs to one commit, so that all of them are read in linear time.
Status CommitGraph::check_parents(const Layer& layer) const {
  const std::string& path = layer.file.path();
  std::size_t edges_left = layer.file.edge_count();
  std::vector<std::uint32_t> parents;
  for (std::uint32_t i = 0; i < layer.file.count(); ++i) {
    if (!layer.file.read_parents(i, parents)) return corrupt_commit_graph("lists parents without an end", path);
    if (parents.size() > 2) {
      if (parents.size() - 1 > edges_left) return corrupt_commit_graph("gives parents to two commits at once", path);
      edges_left -= parents.size() - 1;
    }
    for (const std::uint32_t parent : parents) {
      if (parent >= layer.first + layer.file.count())
        return corrupt_commit_graph("names a parent that it does not hold", path);
      if (generations_[parent] >= generations_[layer.first + i])
        return corrupt_commit_graph("contradicts itself: a parent comes after its child", path);
    }
  }
  return {};
}

CommitGraph::Place CommitGraph::place(std::uint32_t position) const {
  std::size_t layer = layers_.size() - 1;
  while (layers_[layer].first > position) --layer;
  return {layers_[layer].file, position - layers_[layer].first};
}

std::optional<std::uint32_t> CommitGraph::find(const ObjectId& id) const {
  if (id.algorithm != algorithm_) return std::nullopt;
  return find_in(layers_.size(), id.raw());
}

// In the lowest `layers` of them.
std::optional<std::uint32_t> CommitGraph::find_in(std::size_t layers, std::string_view name) const {
  for (std::size_t i = layers; i-- > 0;)
    if (const auto found = layers_[i].file.find(name)) return layers_[i].first + *found;
  return std::nullopt;
}

ObjectId CommitGraph::id(std::uint32_t position) const {
  const Place at = place(position);
  return ObjectId::from_raw(algorithm_, at.file.name(at.position).data());
}

ObjectId CommitGraph::tree(std::uint32_t position) const {
  const Place at = place(position);
  return ObjectId::from_raw(algorithm_, at.file.tree(at.position).data());
}

std::vector<ObjectId> CommitGraph::parents(std::uint32_t position) const {
  const Place at = place(position);
  std::vector<std::uint32_t> positions;
  at.file.read_parents(at.position, positions);
  std::vector<ObjectId> ids;
  ids.reserve(positions.size());
  for (const std::uint32_t parent : positions) ids.push_back(id(parent));
  return ids;
}

std::int64_t CommitGraph::time(std::uint32_t position) const {
  const Place at = place(position);
  return static_cast<std::int64_t>(at.file.time(at.position));
}

}  // namespace sluice::pack
