#include "policy/tree.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "git/index.h"
#include "git/object.h"
#include "git/refs.h"
#include "policy/notable_name.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

// A few hundred bytes of nested trees can spell more paths than any memory holds.
constexpr std::size_t most_entries = 4'000'000;
constexpr std::size_t most_path_bytes = std::size_t{512} << 20;
constexpr std::size_t deepest = 4096;

struct Folder {
  std::string path;
  git::Oid id;
  std::size_t depth = 0;
};

// The files of a tree that are not the index's own, and what they borrow where it is nobody else's.
struct Files {
  std::vector<TreeFile> list;
  std::deque<std::string> owned;  // paths with the names behind them; none moves when more are added
  std::shared_ptr<const git::Index> index;
};

class Collector {
 public:
  Collector(const git::Repository& repository, Files& files) : repository_(repository), files_(files) {}

  Status collect(const git::Oid& root) {
    pending_.push_back({"", root, 0});
    while (!pending_.empty()) {
      const Folder folder = std::move(pending_.back());
      pending_.pop_back();
      SLUICE_TRY(open(folder));
    }
    std::sort(files_.list.begin(), files_.list.end(),
              [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; });
    return {};
  }

 private:
  Status open(const Folder& folder) {
    if (folder.depth > deepest) return too_large("folders are nested deeper than 4096");
    SLUICE_TRY_ASSIGN(const git::Object object,
                      git::read_object(repository_, folder.id, git::ObjectKind::tree));
    SLUICE_TRY_ASSIGN(const auto entries, git::parse_tree(object.bytes(), object.id().algorithm));
    for (const git::TreeEntry& entry : entries) {
      std::string path = join(folder.path, entry.name);
      if (++entries_seen_ > most_entries) return too_large("more than 4 million entries");
      if ((path_bytes_ += path.size()) > most_path_bytes) return too_large("over 512 MiB of paths");
      if (entry.kind() == git::FileKind::tree) {
        pending_.push_back({std::move(path), entry.id, folder.depth + 1});
      } else {
        TreeFile& file = files_.list.emplace_back();
        file.algorithm = entry.id.algorithm;
        file.mode = entry.mode;
        file.borrow(files_.owned.emplace_back(std::move(path.append(entry.id.raw()))));
      }
    }
    return {};
  }

  static tl::unexpected<Error> too_large(const char* why) {
    return fail(ErrorKind::limit_exceeded, std::string("the tree is too large to check: ") + why);
  }

  const git::Repository& repository_;
  Files& files_;
  std::vector<Folder> pending_;
  std::size_t entries_seen_ = 0;
  std::size_t path_bytes_ = 0;
};

bool path_before(const TreeFile& file, std::string_view path) { return file.path < path; }

}  // namespace

Tree::Tree(const git::Repository& repository, std::span<const TreeFile> files, std::shared_ptr<const void> owner)
    : repository_(&repository), files_(files), owner_(std::move(owner)) {
  for (const TreeFile& file : files_)
    if (is_notable(file.path)) notable_.push_back(&file);
}

Result<Tree> Tree::of_index(const git::Repository& repository) {
  SLUICE_TRY_ASSIGN(auto index, git::shared_sparse_index(repository));
  return of_index(repository, std::move(index));
}

Result<Tree> Tree::of_index(const git::Repository& repository, std::shared_ptr<const git::Index> read) {
  SLUICE_TRY_ASSIGN(auto index, git::expanded(repository, std::move(read)));
  if (!index->has_conflicts && !index->has_intended) {
    const std::span<const TreeFile> all = index->entries;
    return Tree(repository, all, std::move(index));
  }
  const auto files = std::make_shared<Files>();
  for (const git::IndexEntry& entry : index->entries) {
    if (entry.intent_to_add) continue;
    if (!files->list.empty() && files->list.back().path == entry.path) continue;
    files->list.push_back(entry);
  }
  files->index = std::move(index);
  return Tree(repository, files->list, files);
}

Result<Tree> Tree::of_commit(const git::Repository& repository, const git::Oid& id) {
  SLUICE_TRY_ASSIGN(const git::Oid root, git::peel_to_tree(repository, id));
  const auto files = std::make_shared<Files>();
  SLUICE_TRY(Collector(repository, *files).collect(root));
  return Tree(repository, files->list, files);
}

const TreeFile* Tree::find(std::string_view path) const {
  const auto found = std::lower_bound(files_.begin(), files_.end(), path, path_before);
  return found != files_.end() && found->path == path ? &*found : nullptr;
}

bool Tree::has_directory(std::string_view path) const {
  if (path.empty()) return true;
  const std::string prefix = std::string(path) + "/";
  const auto found = std::lower_bound(files_.begin(), files_.end(), prefix, path_before);
  return found != files_.end() && found->path.starts_with(prefix);
}

std::vector<std::string> Tree::directories() const {
  std::vector<std::string> all = {""};
  std::string_view last;
  for (const TreeFile& file : files_) {
    const std::string_view nearest = directory_of(file.path);
    if (nearest == last) continue;
    for (std::string_view up = nearest; !up.empty() && !is_within(last, up); up = directory_of(up))
      all.emplace_back(up);
    last = nearest;
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Result<std::string> Tree::read(const TreeFile& file, std::size_t limit) const {
  const std::string path(file.path);
  if (file.is_submodule())
    return fail(ErrorKind::unsupported, "a submodule has no content here", path);
  if (file.is_unmerged())
    return fail(ErrorKind::invalid_input, "the file has a merge conflict", path,
                "resolve it and `git add` it");
  const auto header = git::read_header(*repository_, file.id());
  if (header && header->size > limit)
    return fail(ErrorKind::limit_exceeded,
                "the file is larger than " + std::to_string(limit) + " bytes", path);
  auto object = git::read_object(*repository_, file.id(), git::ObjectKind::blob);
  if (!object) {
    Error error = std::move(object.error());
    return fail(error.kind, error.what + " (" + file.id().hex() + ")", path, error.remedy);
  }
  return std::string(object->bytes());
}

}  // namespace sluice::policy
