#include "git/commit_graph.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "git/commit.h"
#include "git/environment.h"
#include "git/object.h"
#include "git/repository.h"
#include "pack/mapped_file.h"
#include "pack/object_lookup.h"

namespace sluice::git {
namespace {

namespace fs = std::filesystem;

// Walks over fewer commits do not even look whether there is a commit-graph.
constexpr std::uint64_t few_commits = 64;
// Bytes of a commit-graph that are proven in the time that inflating a commit takes, with room for processors that
// are slow at hashing.
constexpr std::uint64_t bytes_per_commit = 8192;

bool has_grafts(const Repository& repository) {
  const auto named = environment("GIT_GRAFT_FILE");
  std::error_code ignored;
  return fs::exists(named ? *named : repository.common_dir() + "/info/grafts", ignored);
}

bool has_replace_refs(const Repository& repository) {
  std::error_code ignored;
  const fs::directory_iterator entries(repository.common_dir() + "/refs/replace", ignored);
  if (entries != fs::directory_iterator()) return true;
  const auto packed = pack::MappedFile::open(repository.common_dir() + "/packed-refs");
  return packed && packed->bytes().find(" refs/replace/") != std::string_view::npos;
}

bool counts(const Repository& repository) {
  const auto is_wanted = repository.config_bool("core.commitGraph", true);
  return is_wanted && *is_wanted && !repository.is_shallow() && !has_grafts(repository) &&
         !has_replace_refs(repository);
}

}  // namespace

Result<std::optional<pack::CommitGraph>> open_commit_graph(const Repository& repository) {
  if (!counts(repository)) return std::optional<pack::CommitGraph>();
  SLUICE_TRY_ASSIGN(const pack::CommitGraphChain chain,
                    pack::find_commit_graph(repository.objects().directories(), repository.algorithm()));
  if (chain.files.empty()) return std::optional<pack::CommitGraph>();
  SLUICE_TRY_ASSIGN(pack::CommitGraph graph, pack::CommitGraph::open(chain.files, repository.algorithm()));
  return std::optional(std::move(graph));
}

LazyCommitGraph::LazyCommitGraph() : look_after_(few_commits) {}

const pack::CommitGraph* LazyCommitGraph::ask(const Repository& repository) {
  if (const pack::CommitGraph* graph = usable_.load(std::memory_order_acquire)) return graph;
  const std::uint64_t asked = asked_.fetch_add(1, std::memory_order_relaxed) + 1;
  if (asked > look_after_.load(std::memory_order_relaxed)) look(repository, asked);
  return usable_.load(std::memory_order_acquire);
}

void LazyCommitGraph::look(const Repository& repository, std::uint64_t asked) {
  const std::lock_guard guard(lock_);
  if (is_settled_) return;
  if (!is_found_) {
    is_found_ = true;
    const auto chain =
        pack::find_commit_graph(repository.objects().directories(), repository.algorithm());
    look_after_ = chain ? chain->size / bytes_per_commit : 0;
    if (asked <= look_after_) return;
  }
  is_settled_ = true;
  look_after_ = UINT64_MAX;
  auto opened = open_commit_graph(repository);
  if (!opened) {
    problem_ = std::move(opened.error());
  } else if (*opened) {
    graph_ = std::move(*opened);
    usable_.store(&*graph_, std::memory_order_release);
  }
}

std::optional<Error> LazyCommitGraph::problem() const {
  const std::lock_guard guard(lock_);
  return problem_;
}

Result<Oid> tree_of_commit(const Repository& repository, const Oid& commit) {
  const pack::CommitGraph* const graph = repository.commit_graph();
  const auto position = graph != nullptr ? graph->find(commit) : std::nullopt;
  if (position && has_object(repository, commit)) return graph->tree(*position);
  SLUICE_TRY_ASSIGN(const Object object, read_object(repository, commit, ObjectKind::commit));
  auto parsed = parse_commit(object.bytes());
  if (!parsed) return fail(ErrorKind::corrupt, parsed.error().what, commit.hex());
  return parsed->tree;
}

}  // namespace sluice::git
