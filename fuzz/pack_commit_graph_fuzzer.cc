#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "pack/big_endian.h"
#include "pack/commit_graph.h"

using namespace sluice::pack;

namespace {

// Whatever is accepted must answer every question about every one of its commits.
void ask_everything(const CommitGraph& graph) {
  for (std::uint32_t i = 0; i < graph.count(); ++i) {
    if (graph.find(graph.id(i)) != i || graph.time(i) < 0 || graph.tree(i).algorithm != graph.id(i).algorithm)
      std::abort();
    for (const ObjectId& parent : graph.parents(i)) {
      const auto position = graph.find(parent);
      if (!position || graph.generation(*position) >= graph.generation(i)) std::abort();
    }
  }
}

}  // namespace

// The first four bytes are the size of the lower file of a chain of two; 0 for a single file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (size < 4) return 0;
  const std::size_t lower = std::min<std::size_t>(read_be32(bytes.data()), size - 4);
  bytes.remove_prefix(4);
  for (const HashAlgorithm algorithm : {HashAlgorithm::sha1, HashAlgorithm::sha256}) {
    std::vector<CommitGraphFile> files;
    for (const std::string_view part : {bytes.substr(0, lower), bytes.substr(lower)}) {
      if (part.empty()) continue;
      auto file = CommitGraphFile::parse(part, "fuzz", algorithm);
      if (!file && file.error().where.empty()) std::abort();
      if (file) files.push_back(std::move(*file));
    }
    if (const auto graph = CommitGraph::join(std::move(files), algorithm)) ask_everything(*graph);
  }
  return 0;
}
