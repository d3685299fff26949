#include "git/repository.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "git/commit_graph.h"
#include "git/configuration.h"
#include "git/discovery.h"
#include "git/environment.h"
#include "git/libgit2_repository.h"
#include "pack/object_lookup.h"
#include "pack/object_reader.h"

namespace sluice::git {

struct Repository::Impl {
  Discovered found;
  Configuration config;
  RepositoryPlaces places;
  std::string work_tree;
  HashAlgorithm algorithm = HashAlgorithm::sha1;
  std::vector<Oid> shallow;
  bool is_partial_clone = false;
  std::unique_ptr<pack::ObjectLookup> objects;
  std::vector<std::unique_ptr<pack::ObjectReader>> readers;  // that nobody has borrowed
  std::mutex readers_lock;
  LazyCommitGraph commit_graph;
  std::unique_ptr<Libgit2Repository> libgit2;  // opened when it is first needed
  std::shared_ptr<SharedIndex> index;
  std::mutex index_lock;
};

namespace {

bool is_inside(const std::string& path, const std::string& directory) {
  return path == directory || path.starts_with(directory + "/");
}

std::string parent_of(const std::string& path) {
  return path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
}

// gitrepository-layout, `worktrees/<id>/gitdir`: the `.git` file of the worktree.
std::string top_of_linked_worktree(const Discovered& found) {
  const auto text = base::read_file(found.git_dir + "/gitdir", std::size_t{1} << 16);
  if (!text) return {};
  return parent_of(absolute_path(std::string(base::trim(*text)), found.git_dir));
}

// The configuration of a linked worktree is shared with the main one, which alone core.bare and
// core.worktree are about, unless the worktree has a file of its own (git-worktree(1)).
class WorkTreeFinder {
 public:
  WorkTreeFinder(const Discovered& found, const Configuration& config)
      : found_(found), config_(config), is_linked_(found.git_dir != found.common_dir) {}

  Result<std::string> run(const std::string& start) const {
    if (const auto given = environment("GIT_WORK_TREE"))
      return existing_directory(absolute_path(*given, start));
    if (is_linked_)
      return found_.top.empty() ? of_linked_worktree(start) : existing_directory(found_.top);
    const ConfigEntry* bare = config_.find("core.bare");
    if (bare != nullptr && parse_config_bool(*bare).value_or(false)) return std::string();
    if (const ConfigEntry* named = config_.find("core.worktree"); named != nullptr && named->value)
      return existing_directory(absolute_path(*named->value, found_.git_dir));
    if (!environment("GIT_DIR")) return found_.top;
    // git(1), GIT_DIR: the work tree is where git was started (hooks rely on it); not so when that is
    // the Git directory itself.
    if (!is_inside(start, found_.git_dir)) return start;
    return found_.git_dir.ends_with("/.git") ? parent_of(found_.git_dir) : std::string();
  }

 private:
  Result<std::string> of_linked_worktree(const std::string& start) const {
    if (!is_inside(start, found_.git_dir)) return start;
    return top_of_linked_worktree(found_);
  }

  const Discovered& found_;
  const Configuration& config_;
  bool is_linked_;
};

tl::unexpected<Error> unsupported(const std::string& what, const std::string& where) {
  return fail(ErrorKind::unsupported, what, where);
}

// What `clone --filter`, `sparse-checkout` and their like write; none of it changes how objects, refs or
// the index are read here.
constexpr std::array<std::string_view, 6> harmless_extensions = {
    "noop", "noop-v1", "partialclone", "preciousobjects", "worktreeconfig", "relativeworktrees"};

// gitrepository-layout, "repository-version".
Result<HashAlgorithm> check_format(const Configuration& config, const std::string& where) {
  const ConfigEntry* version_entry = config.find("core.repositoryformatversion");
  const std::string version = version_entry != nullptr ? version_entry->value.value_or("") : "0";
  if (version != "0" && version != "1")
    return unsupported("the repository is of format version " + version, where);
  HashAlgorithm algorithm = HashAlgorithm::sha1;
  for (const ConfigEntry& entry : config.entries()) {
    if (!entry.key.starts_with("extensions.")) continue;
    const std::string name = base::to_lower(entry.key.substr(11));
    const std::string value = base::to_lower(entry.value.value_or(""));
    if (name == "objectformat") {
      if (value != "sha1" && value != "sha256")
        return unsupported("the repository names objects by " + value, where);
      algorithm = value == "sha1" ? HashAlgorithm::sha1 : HashAlgorithm::sha256;
    } else if (name == "refstorage") {
      if (value != "files") return unsupported("the repository keeps its refs as " + value, where);
    } else if (version != "0" && std::find(harmless_extensions.begin(), harmless_extensions.end(),
                                           name) == harmless_extensions.end()) {
      return unsupported("the repository uses the unknown extension " + name, where);
    }
  }
  return algorithm;
}

// The commits that the `shallow` file lists (gitformat "shallow": one name a line).
Result<std::vector<Oid>> read_shallow(const std::string& path) {
  std::vector<Oid> boundary;
  auto text = base::read_file(path);
  if (!text && text.error().kind == ErrorKind::not_found) return boundary;
  if (!text) return tl::unexpected<Error>(text.error());
  for (const std::string_view line : base::split(*text, '\n')) {
    if (line.empty()) continue;
    const auto id = Oid::from_hex(base::trim(line));
    if (!id) return fail(ErrorKind::corrupt, "malformed line in the list of shallow commits", path);
    boundary.push_back(*id);
  }
  std::sort(boundary.begin(), boundary.end());
  return boundary;
}

bool has_promisor(const Configuration& config) {
  for (const ConfigEntry& entry : config.entries()) {
    if (entry.key == "extensions.partialclone") return true;
    if (!entry.key.starts_with("remote.") || !entry.key.ends_with(".promisor")) continue;
    if (parse_config_bool(entry).value_or(true)) return true;
  }
  return false;
}

// Relative paths of the variables are taken from `base`: the top of the work tree, where Git goes first.
Result<RepositoryPlaces> find_places(const Discovered& found, const std::string& base) {
  RepositoryPlaces places;
  places.git_dir = found.git_dir;
  const auto objects = environment("GIT_OBJECT_DIRECTORY");
  places.objects = objects ? absolute_path(*objects, base) : found.common_dir + "/objects";
  const auto index = environment("GIT_INDEX_FILE");
  places.index = index ? absolute_path(*index, base) : found.git_dir + "/index";
  if (const auto alternates = environment("GIT_ALTERNATE_OBJECT_DIRECTORIES")) {
    SLUICE_TRY_ASSIGN(const auto parts, split_path_list(*alternates));
    for (const std::string& part : parts) places.alternates.push_back(absolute_path(part, base));
  }
  return places;
}

}  // namespace

Repository::Repository(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Repository::Repository(Repository&& other) noexcept = default;
Repository& Repository::operator=(Repository&& other) noexcept = default;
Repository::~Repository() = default;

Result<Repository> Repository::open(const std::string& dir) {
  auto impl = std::make_unique<Impl>();
  SLUICE_TRY_ASSIGN(const std::string start, existing_directory(dir));
  SLUICE_TRY_ASSIGN(impl->found, discover(start));
  SLUICE_TRY_ASSIGN(impl->config, Configuration::load(impl->found.git_dir, impl->found.common_dir));
  SLUICE_TRY_ASSIGN(impl->algorithm, check_format(impl->config, impl->found.git_dir));
  SLUICE_TRY_ASSIGN(impl->work_tree, WorkTreeFinder(impl->found, impl->config).run(start));
  const std::string base = impl->work_tree.empty() ? start : impl->work_tree;
  SLUICE_TRY_ASSIGN(impl->places, find_places(impl->found, base));
  const pack::StoreOptions options{impl->algorithm, impl->places.alternates};
  SLUICE_TRY_ASSIGN(impl->objects, pack::ObjectLookup::open(impl->places.objects, options));
  const auto shallow_file = environment("GIT_SHALLOW_FILE");
  SLUICE_TRY_ASSIGN(impl->shallow, read_shallow(shallow_file ? absolute_path(*shallow_file, base)
                                                             : impl->found.common_dir + "/shallow"));
  impl->is_partial_clone = has_promisor(impl->config);
  return Repository(std::move(impl));
}

const std::string& Repository::git_dir() const { return impl_->found.git_dir; }
const std::string& Repository::common_dir() const { return impl_->found.common_dir; }
const std::string& Repository::work_tree() const { return impl_->work_tree; }
bool Repository::is_bare() const { return impl_->work_tree.empty(); }
HashAlgorithm Repository::algorithm() const { return impl_->algorithm; }
const RepositoryPlaces& Repository::places() const { return impl_->places; }
bool Repository::is_shallow() const { return !impl_->shallow.empty(); }
const std::vector<Oid>& Repository::shallow_boundary() const { return impl_->shallow; }
bool Repository::is_partial_clone() const { return impl_->is_partial_clone; }
pack::ObjectLookup& Repository::objects() const { return *impl_->objects; }
const pack::CommitGraph* Repository::commit_graph() const { return impl_->commit_graph.ask(*this); }
std::optional<Error> Repository::commit_graph_problem() const { return impl_->commit_graph.problem(); }
Repository::BorrowedReader Repository::reader() const { return BorrowedReader(*impl_); }

Repository::BorrowedReader::BorrowedReader(Impl& owner) : owner_(owner) {
  const std::lock_guard guard(owner.readers_lock);
  if (owner.readers.empty()) {
    reader_ = std::make_unique<pack::ObjectReader>(*owner.objects);
  } else {
    reader_ = std::move(owner.readers.back());
    owner.readers.pop_back();
  }
}

Repository::BorrowedReader::~BorrowedReader() {
  const std::lock_guard guard(owner_.readers_lock);
  owner_.readers.push_back(std::move(reader_));
}

std::shared_ptr<SharedIndex>& Repository::index_slot() const { return impl_->index; }
std::mutex& Repository::index_lock() const { return impl_->index_lock; }

Result<Libgit2Repository*> Repository::libgit2() const {
  if (!impl_->libgit2) {
    if (impl_->algorithm != HashAlgorithm::sha1)
      return unsupported("this cannot be done in a repository with SHA-256 names", git_dir());
    SLUICE_TRY_ASSIGN(impl_->libgit2, Libgit2Repository::open(impl_->places));
  }
  return impl_->libgit2.get();
}

Result<std::optional<std::string>> Repository::config_string(const std::string& key) const {
  const ConfigEntry* entry = impl_->config.find(normal_key(key));
  if (entry == nullptr) return std::optional<std::string>();
  return std::optional<std::string>(entry->value.value_or(""));
}

Result<bool> Repository::config_bool(const std::string& key, bool fallback) const {
  const ConfigEntry* entry = impl_->config.find(normal_key(key));
  if (entry == nullptr) return fallback;
  const auto value = parse_config_bool(*entry);
  if (!value) return fail(ErrorKind::corrupt, "not a Git boolean", key);
  return *value;
}

Result<std::string> Repository::hooks_dir() const {
  SLUICE_TRY_ASSIGN(const auto configured, config_string("core.hooksPath"));
  if (!configured) return impl_->found.common_dir + "/hooks";
  std::string path = *configured;
  if (path.starts_with("~/")) {
    const auto home = environment("HOME");
    if (!home) return fail(ErrorKind::corrupt, "`~` in core.hooksPath, but no HOME", path);
    path = *home + path.substr(1);
  }
  return absolute_path(path, is_bare() ? git_dir() : impl_->work_tree);
}

}  // namespace sluice::git
