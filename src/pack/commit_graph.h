#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/commit_graph_file.h"
#include "pack/object_id.h"

namespace sluice::pack {

/// The files that make up the commit-graph of an object database.
struct CommitGraphChain {
  std::vector<std::string> files;  ///< the lowest first; empty when there is none
  std::uint64_t size = 0;          ///< of them all, in bytes
};

/// Looks for it as Git does: in the first of `object_directories` that has one, a single file before a
/// chain; files of a chain may be in any of them. Errors: corrupt (the list of the chain is malformed, or
/// names a file that is nowhere); as MappedFile::open.
Result<CommitGraphChain> find_commit_graph(const std::vector<std::string>& object_directories,
                                           HashAlgorithm algorithm);

/// What Git wrote down of commits so that they need not be inflated (gitformat-commit-graph): a file, or
/// a chain of them. It holds all ancestors of the commits that it holds; which commits those are is up to
/// when it was written. All of it is proven when it is opened: the checksums, that every parent is there,
/// that generations rise; nothing can fail later, and no commit is its own ancestor. Any number of
/// threads may use it. Move-only.
class CommitGraph {
 public:
  /// Maps and proves the files, the lowest first. Errors: as CommitGraphFile::open; corrupt (what
  /// contradicts itself); unsupported (written without generations).
  static Result<CommitGraph> open(const std::vector<std::string>& files, HashAlgorithm algorithm);

  /// As open, for files that are read already.
  static Result<CommitGraph> join(std::vector<CommitGraphFile> files, HashAlgorithm algorithm);

  /// How many commits there are; positions are less.
  std::uint32_t count() const { return count_; }

  std::optional<std::uint32_t> find(const ObjectId& id) const;

  ObjectId id(std::uint32_t position) const;
  ObjectId tree(std::uint32_t position) const;
  std::vector<ObjectId> parents(std::uint32_t position) const;

  /// The committer's seconds since 1970, of which the file keeps 34 bits.
  std::int64_t time(std::uint32_t position) const;

  /// Greater than that of every ancestor: the corrected date where each file has them, else the level.
  std::uint64_t generation(std::uint32_t position) const { return generations_[position]; }

  /// True when generations are corrected dates, which follow the time as well.
  bool has_corrected_dates() const { return has_corrected_dates_; }

 private:
  struct Layer {
    CommitGraphFile file;
    std::uint32_t first = 0;  // position of its first commit
    std::size_t number = 0;   // in layers_
  };
  struct Place {
    const CommitGraphFile& file;
    std::uint32_t position;  // in that file
  };

  CommitGraph() = default;
  Status check_bases() const;
  Status read_generations(const Layer& layer);
  Status check_parents(const Layer& layer) const;
  std::optional<std::uint32_t> find_in(std::size_t layers, std::string_view name) const;
  Place place(std::uint32_t position) const;

  HashAlgorithm algorithm_ = HashAlgorithm::sha1;
  std::vector<Layer> layers_;  // the lowest first
  std::uint32_t count_ = 0;
  bool has_corrected_dates_ = false;
  std::vector<std::uint64_t> generations_;  // by position; kept together, for the files scatter them
};

}  // namespace sluice::pack
