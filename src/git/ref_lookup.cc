#include "git/ref_lookup.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/file.h"
#include "base/text.h"
#include "git/commit_graph.h"
#include "git/ref_files.h"
#include "git/repository.h"
#include "pack/mapped_file.h"

namespace sluice::git {
namespace {

constexpr int deepest_symbolic = 5;  // as Git itself
constexpr std::size_t largest_ref = std::size_t{1} << 16;

// Refs that all worktrees share; HEAD and its like belong to one.
bool is_shared(const std::string& name) {
  return name.starts_with("refs/") && !is_per_worktree(name);
}

// gitrepository-layout, `packed-refs`: `<name> <ref>` lines. Searched as bytes: reading some ten thousand
// refs to find one would take longer than all the rest.
Result<std::optional<RefValue>> find_packed(const Repository& repository, const std::string& name) {
  const std::string path = repository.common_dir() + "/packed-refs";
  const auto file = pack::MappedFile::open(path);
  if (!file && file.error().kind == ErrorKind::not_found) return std::optional<RefValue>();
  if (!file) return tl::unexpected<Error>(file.error());
  const std::string_view text = file->bytes();
  const std::string wanted = " " + name;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const std::size_t start = text.rfind('\n', at) + 1;  // npos + 1 is 0
    if ((end < text.size() && text[end] != '\n' && text[end] != '\r') || text[start] == '#') continue;
    const auto id = Oid::from_hex(text.substr(start, at - start));
    if (!id) return fail(ErrorKind::corrupt, "malformed line in the packed refs", path);
    return std::optional(RefValue{*id, {}});
  }
  return std::optional<RefValue>();
}

}  // namespace

std::optional<RefValue> parse_ref_value(std::string_view text) {
  text = base::trim(text);
  if (text.starts_with("ref:")) return RefValue{{}, std::string(base::trim(text.substr(4)))};
  const std::size_t end = std::min(text.find_first_of(" \t\n"), text.size());
  const auto id = Oid::from_hex(text.substr(0, end));
  if (!id) return std::nullopt;
  return RefValue{*id, {}};
}

Result<std::optional<RefValue>> find_ref(const Repository& repository, const std::string& name) {
  const bool shared = is_shared(name);
  const std::string path = (shared ? repository.common_dir() : repository.git_dir()) + "/" + name;
  const auto text = base::read_file(path, largest_ref);
  if (text) {
    auto value = parse_ref_value(*text);
    if (!value) return fail(ErrorKind::corrupt, "the ref holds no object name", name);
    return std::optional(std::move(*value));
  }
  // `refs/heads/a` may be a folder of `refs/heads/a/b`, or an empty one that Git left behind.
  std::error_code ignored;
  const bool absent = text.error().kind == ErrorKind::not_found || std::filesystem::is_directory(path, ignored);
  if (!absent) return tl::unexpected<Error>(text.error());
  return find_packed(repository, name);
}

Result<std::optional<Oid>> resolve_ref(const Repository& repository, const std::string& name) {
  std::string current = name;
  for (int depth = 0; depth <= deepest_symbolic; ++depth) {
    SLUICE_TRY_ASSIGN(const std::optional<RefValue> value, find_ref(repository, current));
    if (!value) return std::optional<Oid>();
    if (value->symbolic.empty()) return std::optional(value->id);
    current = value->symbolic;
  }
  return fail(ErrorKind::corrupt, "symbolic refs are nested too deeply", name);
}

Result<std::optional<Oid>> head_tree(const Repository& repository) {
  SLUICE_TRY_ASSIGN(const std::optional<Oid> head, resolve_ref(repository, "HEAD"));
  if (!head) return std::optional<Oid>();
  SLUICE_TRY_ASSIGN(const Oid tree, tree_of_commit(repository, *head));
  return std::optional(tree);
}

}  // namespace sluice::git
