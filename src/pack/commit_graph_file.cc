#include "pack/commit_graph_file.h"

#include <utility>

namespace sluice::pack {
namespace {

constexpr std::size_t header_size = 8;
constexpr std::uint32_t no_parent = 0x70000000U;
constexpr std::uint32_t list_flag = 0x80000000U;  // the second parent: a place in the list of edges
constexpr std::uint32_t last_flag = 0x80000000U;  // in that list: the commit's last parent
constexpr std::uint32_t large_flag = 0x80000000U;

}  // namespace

tl::unexpected<Error> corrupt_commit_graph(std::string what, const std::string& path) {
  return fail(ErrorKind::corrupt, "the commit-graph " + std::move(what), path, commit_graph_remedy);
}

tl::unexpected<Error> CommitGraphFile::corrupt(std::string what) const {
  return corrupt_commit_graph(std::move(what), path_);
}

Result<CommitGraphFile> CommitGraphFile::open(const std::string& path, HashAlgorithm algorithm) {
  SLUICE_TRY_ASSIGN(MappedFile file, MappedFile::open(path));
  SLUICE_TRY_ASSIGN(CommitGraphFile graph, parse(file.bytes(), path, algorithm));
  const std::string_view covered = file.bytes().substr(0, file.bytes().size() - name_size(algorithm));
  if (hash_bytes(algorithm, covered).raw() != graph.checksum())
    return graph.corrupt("does not match its own checksum");
  graph.file_ = std::move(file);
  return graph;
}

Result<CommitGraphFile> CommitGraphFile::parse(std::string_view bytes, const std::string& path,
                                               HashAlgorithm algorithm) {
  CommitGraphFile graph;
  graph.path_ = path;
  graph.bytes_ = bytes;
  graph.names_.name_size = name_size(algorithm);
  if (bytes.size() < header_size + name_size(algorithm)) return graph.corrupt("is cut short");
  if (bytes.substr(0, 4) != "CGPH") return graph.corrupt("does not start as such files do");
  if (bytes[4] != 1)
    return fail(ErrorKind::unsupported, "the commit-graph is of another version", path, commit_graph_remedy);
  if (bytes[5] != (algorithm == HashAlgorithm::sha1 ? 1 : 2))
    return fail(ErrorKind::unsupported, "the commit-graph is for names of another hash", path, commit_graph_remedy);
  const std::size_t rows = static_cast<unsigned char>(bytes[6]);
  const auto chunks = ChunkTable::read(bytes, header_size, rows, name_size(algorithm));
  if (!chunks) return graph.corrupt(chunks.error().what);
  SLUICE_TRY(graph.place_chunks(*chunks));
  SLUICE_TRY(graph.read_bases(*chunks));
  return graph;
}

Status CommitGraphFile::place_chunks(const ChunkTable& chunks) {
  const auto needed = [&](std::string_view id) { return chunks.find(id).value_or(std::string_view()); };
  names_.fan_out = needed("OIDF");
  if (names_.fan_out.size() != NameTable::fan_out_size) return corrupt("has no fan-out table");
  const std::uint64_t count = names_.count();
  names_.names = needed("OIDL");
  if (names_.names.size() != count * names_.name_size || !names_.is_in_order())
    return corrupt("has names that are not in order, or not as many as it says");
  rows_ = needed("CDAT");
  if (rows_.size() != count * row_size()) return corrupt("does not hold the data of each commit");
  edges_ = chunks.find("EDGE").value_or(std::string_view());
  dates_ = chunks.find("GDA2").value_or(std::string_view());
  large_dates_ = chunks.find("GDO2").value_or(std::string_view());
  const bool fits = edges_.size() % 4 == 0 && large_dates_.size() % 8 == 0;
  if (!fits || (!dates_.empty() && dates_.size() != count * 4))
    return corrupt("has chunks of sizes that cannot be");
  return {};
}

Status CommitGraphFile::read_bases(const ChunkTable& chunks) {
  const std::size_t count = static_cast<unsigned char>(bytes_[7]);
  const std::string_view list = chunks.find("BASE").value_or(std::string_view());
  if (list.size() != count * names_.name_size)
    return corrupt("does not name the files that it builds upon");
  for (std::size_t i = 0; i < count; ++i)
    bases_.push_back(list.substr(i * names_.name_size, names_.name_size));
  return {};
}

std::optional<std::uint64_t> CommitGraphFile::corrected_date(std::uint32_t position) const {
  std::uint64_t offset = read_be32(dates_.data() + std::size_t{position} * 4);
  if ((offset & large_flag) != 0) {
    const std::size_t large = offset & ~large_flag;
    if (large >= large_dates_.size() / 8) return std::nullopt;
    offset = read_be64(large_dates_.data() + large * 8);
    if (offset >> 63 != 0) return std::nullopt;
  }
  return time(position) + offset;
}

bool CommitGraphFile::read_parents(std::uint32_t position, std::vector<std::uint32_t>& parents) const {
  parents.clear();
  const char* at = row(position) + names_.name_size;
  const std::uint32_t first = read_be32(at);
  const std::uint32_t second = read_be32(at + 4);
  if (first == no_parent) return second == no_parent;
  parents.push_back(first);
  if (second == no_parent) return true;
  if ((second & list_flag) == 0) {
    parents.push_back(second);
    return true;
  }
  for (std::size_t edge = second & ~list_flag; edge < edge_count(); ++edge) {
    const std::uint32_t parent = read_be32(edges_.data() + edge * 4);
    parents.push_back(parent & ~last_flag);
    if ((parent & last_flag) != 0) return true;
  }
  return false;
}

}  // namespace sluice::pack
