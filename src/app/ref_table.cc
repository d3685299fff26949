#include "app/ref_table.h"

#include <algorithm>

#include "git/object.h"

namespace sluice::app {
namespace {

constexpr std::string_view remote_branches = "refs/remotes/origin/";

}  // namespace

Status RefTable::load() {
  if (list_) return {};
  SLUICE_TRY_ASSIGN(list_, git::all_refs(repository_));
  return {};
}

std::optional<git::Oid> RefTable::commit_of(const git::Ref& ref) const {
  const auto header = git::read_header(repository_, ref.peeled);
  if (!header || header->kind != git::ObjectKind::commit) return std::nullopt;
  return ref.peeled;
}

Result<const git::Ref*> RefTable::find(std::string_view name) {
  SLUICE_TRY(load());
  const auto found = std::find_if(list_->refs.begin(), list_->refs.end(),
                                  [&](const git::Ref& ref) { return ref.name == name; });
  return found == list_->refs.end() ? nullptr : &*found;
}

Result<std::optional<git::Oid>> RefTable::commit_at(std::string_view name) {
  SLUICE_TRY_ASSIGN(const git::Ref* const ref, find(name));
  return ref == nullptr ? std::nullopt : commit_of(*ref);
}

Result<std::vector<git::Oid>> RefTable::commits_below(std::string_view prefix) {
  SLUICE_TRY(load());
  std::vector<git::Oid> commits;
  for (const git::Ref& ref : list_->refs) {
    if (!ref.name.starts_with(prefix)) continue;
    if (const auto commit = commit_of(ref)) commits.push_back(*commit);
  }
  return commits;
}

Result<std::string> RefTable::default_branch() {
  SLUICE_TRY_ASSIGN(const git::Ref* const head, find("refs/remotes/origin/HEAD"));
  if (head != nullptr && head->symbolic.starts_with(remote_branches)) {
    return head->symbolic.substr(remote_branches.size());
  }
  for (const char* usual : {"main", "master"}) {
    SLUICE_TRY_ASSIGN(const git::Ref* const branch, find(std::string(remote_branches) + usual));
    if (branch != nullptr) return std::string(usual);
  }
  return std::string();
}

}  // namespace sluice::app
