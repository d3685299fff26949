#include "git/index.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <mutex>
#include <tuple>
#include <utility>

#include "git/index_file.h"
#include "git/repository.h"
#include "git/tree_walk.h"

namespace sluice::git {

/// An index and the file that it was read from.
struct SharedIndex {
  struct stat status;
  std::shared_ptr<const Index> index;
};

struct IndexCheck {
  std::once_flag once;
  bool is_whole = false;
};

namespace {

bool is_same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

constexpr std::size_t most_entries = 4'000'000;

struct Read {
  IndexFile file;
  std::shared_ptr<const IndexBytes> bytes;
};

Result<Read> read_file(const std::string& path, HashAlgorithm algorithm) {
  const auto owner = std::make_shared<IndexBytes>();
  SLUICE_TRY_ASSIGN(owner->file, pack::MappedFile::open(path));
  auto file = parse_index(owner->file.bytes(), algorithm, *owner);
  if (!file) {
    file.error().where = path;
    return tl::unexpected<Error>(std::move(file.error()));
  }
  return Read{std::move(*file), owner};
}

tl::unexpected<Error> contradicts(const std::string& path) {
  return fail(ErrorKind::corrupt, "the split index contradicts the shared one that it names", path,
              "git update-index --no-split-index");
}

// Puts the entries of a split index in the places of the shared ones that they replace, drops the deleted
// ones, and adds the others.
Result<std::vector<IndexEntry>> join(IndexFile& own, std::vector<IndexEntry> shared,
                                     const std::string& path) {
  const IndexLink& link = *own.link;
  if (link.replaced.size() > own.entries.size()) return contradicts(path);
  for (std::size_t i = 0; i < link.replaced.size(); ++i) {
    if (link.replaced[i] >= shared.size() || !own.entries[i].path.empty()) return contradicts(path);
    own.entries[i].path = shared[link.replaced[i]].path;
    shared[link.replaced[i]] = own.entries[i];
  }
  for (const std::uint32_t position : link.deleted) {
    if (position >= shared.size()) return contradicts(path);
    shared[position].path = {};
  }
  std::erase_if(shared, [](const IndexEntry& entry) { return entry.path.empty(); });
  std::vector<IndexEntry> added(own.entries.begin() + static_cast<long>(link.replaced.size()),
                                own.entries.end());
  std::vector<IndexEntry> joined;
  joined.reserve(shared.size() + added.size());
  std::merge(shared.begin(), shared.end(), added.begin(), added.end(), std::back_inserter(joined),
             [](const IndexEntry& a, const IndexEntry& b) {
               return std::tie(a.path, a.stage) < std::tie(b.path, b.stage);
             });
  return joined;
}

Status join_shared(const Repository& repository, Read& own, Index& index) {
  const std::string path = repository.places().index;
  std::vector<IndexEntry> shared;
  if (!own.file.link->base.is_zero()) {
    const std::string name = repository.git_dir() + "/sharedindex." + own.file.link->base.hex();
    auto base = read_file(name, repository.algorithm());
    if (!base) return tl::unexpected<Error>(std::move(base.error()));
    if (base->file.link || base->file.checksum != own.file.link->base) return contradicts(path);
    shared = std::move(base->file.entries);
    own.file.is_sparse = own.file.is_sparse || base->file.is_sparse;
    index.bytes.push_back(std::move(base->bytes));
  }
  SLUICE_TRY_ASSIGN(index.entries, join(own.file, std::move(shared), path));
  return {};
}

// The files of a folder of a sparse index, as entries.
Status expand_folder(const Repository& repository, const IndexEntry& folder, IndexBytes& owner,
                     std::vector<IndexEntry>& entries) {
  const std::string prefix(folder.path);
  std::vector<std::pair<std::string, TreeEntry>> files;
  SLUICE_TRY(for_each_file(repository, folder.id(), prefix,
                           [&](std::string path, const TreeEntry& entry) -> Status {
                             if (entries.size() + files.size() >= most_entries)
                               return fail(ErrorKind::limit_exceeded, "the index holds too many files");
                             files.emplace_back(std::move(path), entry);
                             return {};
                           }));
  for (auto& [path, file] : files) {
    owner.joined.push_back(std::move(path.append(file.id.raw())));
    IndexEntry entry;
    entry.mode = canonical_mode(file.mode);
    entry.algorithm = file.id.algorithm;
    entry.skip_worktree = true;
    entries.push_back(entry);
  }
  return {};
}

Result<Index> read_unchecked(const Repository& repository) {
  const std::string& path = repository.places().index;
  Index index;
  index.check = std::make_shared<IndexCheck>();
  auto own = read_file(path, repository.algorithm());
  if (!own && own.error().kind == ErrorKind::not_found) return index;
  if (!own) return tl::unexpected<Error>(std::move(own.error()));
  if (own->file.link) {
    SLUICE_TRY(join_shared(repository, *own, index));
  } else {
    index.entries = std::move(own->file.entries);
  }
  index.bytes.push_back(std::move(own->bytes));
  index.cache_tree = std::move(own->file.cache_tree);
  Status ordered = check_index_order(index.entries);
  if (!ordered) {
    ordered.error().where = path;
    return tl::unexpected<Error>(std::move(ordered.error()));
  }
  for (const IndexEntry& entry : index.entries) {
    if (entry.stage > 0) index.has_conflicts = true;
    if (entry.intent_to_add) index.has_intended = true;
    if (!entry.is_sparse_folder()) continue;
    if (!own->file.is_sparse || !entry.path.ends_with('/'))
      return fail(ErrorKind::corrupt, "the index holds a folder, but is not sparse", path);
    index.is_sparse = true;
  }
  return index;
}

}  // namespace

Status check_index(const Repository& repository, const Index& index) {
  std::call_once(index.check->once, [&] {
    index.check->is_whole =
        std::all_of(index.bytes.begin(), index.bytes.end(), [&](const std::shared_ptr<const IndexBytes>& owner) {
          return owner->file.bytes().empty() || is_index_whole(owner->file.bytes(), repository.algorithm());
        });
  });
  if (index.check->is_whole) return {};
  return fail(ErrorKind::corrupt, "the index does not match its own checksum", repository.places().index);
}

Result<Index> read_sparse_index(const Repository& repository) {
  SLUICE_TRY_ASSIGN(Index index, read_unchecked(repository));
  SLUICE_TRY(check_index(repository, index));
  return index;
}

Result<std::shared_ptr<const Index>> unchecked_sparse_index(const Repository& repository) {
  struct stat status = {};
  const bool exists = ::stat(repository.places().index.c_str(), &status) == 0;
  const std::lock_guard guard(repository.index_lock());
  std::shared_ptr<SharedIndex>& slot = repository.index_slot();
  if (exists && slot && is_same_file(status, slot->status)) return slot->index;
  SLUICE_TRY_ASSIGN(Index index, read_unchecked(repository));
  auto shared = std::make_shared<const Index>(std::move(index));
  if (exists) slot = std::make_shared<SharedIndex>(SharedIndex{status, shared});
  return shared;
}

Result<std::shared_ptr<const Index>> shared_sparse_index(const Repository& repository) {
  SLUICE_TRY_ASSIGN(auto shared, unchecked_sparse_index(repository));
  SLUICE_TRY(check_index(repository, *shared));
  return shared;
}

Result<std::shared_ptr<const Index>> expanded(const Repository& repository, std::shared_ptr<const Index> index) {
  if (!index->is_sparse) return index;
  SLUICE_TRY_ASSIGN(Index full, read_index(repository));
  return std::make_shared<const Index>(std::move(full));
}

Result<Index> read_index(const Repository& repository) {
  SLUICE_TRY_ASSIGN(Index index, read_sparse_index(repository));
  if (!index.is_sparse) return index;
  const auto owner = std::make_shared<IndexBytes>();
  std::vector<IndexEntry> entries;
  for (const IndexEntry& entry : index.entries) {
    if (entry.is_sparse_folder()) {
      SLUICE_TRY(expand_folder(repository, entry, *owner, entries));
    } else {
      entries.push_back(entry);
    }
  }
  // Borrowed only now: the list that owns them moves them while it grows.
  auto owned = owner->joined.begin();
  for (IndexEntry& entry : entries)
    if (entry.path.empty()) entry.borrow(*owned++);
  std::sort(entries.begin(), entries.end(), [](const IndexEntry& a, const IndexEntry& b) {
    return std::tie(a.path, a.stage) < std::tie(b.path, b.stage);
  });
  index.entries = std::move(entries);
  index.bytes.push_back(owner);
  index.is_sparse = false;
  index.cache_tree = CacheTree();
  return index;
}

}  // namespace sluice::git
