#include "app/ci_range.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "app/ref_table.h"
#include "git/commit.h"
#include "git/object.h"
#include "git/walk.h"

namespace sluice::app {
namespace {

using git::Oid;

constexpr std::string_view tag_prefix = "refs/tags/";

std::string short_name(const Oid& id) { return id.hex().substr(0, 7); }

void add_once(std::vector<Oid>& list, const Oid& id) {
  if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

class ScopeFinder {
 public:
  ScopeFinder(const git::Repository& repository, CiEvent event)
      : repository_(repository), event_(std::move(event)), refs_(repository) {}

  Result<CiScope> run() {
    scope_.description = event_.title;
    switch (event_.kind) {
      case CiEvent::Kind::nothing:
        scope_.empty_reason = event_.reason;
        return std::move(scope_);
      case CiEvent::Kind::whole_history:
        scope_.whole_history = true;
        return std::move(scope_);
      case CiEvent::Kind::range:
        SLUICE_TRY(add_range());
        break;
      case CiEvent::Kind::proposal:
        SLUICE_TRY(add_proposal());
        break;
      case CiEvent::Kind::updates:
        SLUICE_TRY(add_updates());
        break;
    }
    if (!pairs_.empty()) scope_.description += ": " + pairs_;
    SLUICE_TRY(check_extent());
    return std::move(scope_);
  }

 private:
  // What an object leads to once its tags are followed.
  struct Tip {
    Oid id;
    bool is_commit = false;
  };

  Status add_range();
  Status add_proposal();
  Status add_trial_merge();
  Status add_updates();
  Status add_update(const RefUpdate& update);
  Status add_old(const RefUpdate& update, const Tip& tip, bool& needs_known);
  Status add_default_branch(const std::string& moved_ref);
  Status add_known_refs(const std::string& prefix, const std::string& label);
  Status check_extent();

  Result<Oid> find(const std::string& name, const std::string& remedy) const;
  Result<Tip> follow(Oid id);
  Status add_local_tag(const std::string& ref, const Tip& tip);
  Result<Oid> base_commit();
  Status judge_checkout();
  bool is_cut(const Oid& commit) const;
  void describe(const std::string& old_name, const Oid& id);

  const git::Repository& repository_;
  const CiEvent event_;
  RefTable refs_;
  CiScope scope_;
  std::string pairs_;                 // `1a2b3c4..4d5e6f7, ...`
  std::vector<std::string> reasons_;  // why an update brings nothing
  std::string known_label_;           // whose commits were left out as known
};

// The object that a full or revision name stands for. Errors: not_found.
Result<Oid> ScopeFinder::find(const std::string& name, const std::string& remedy) const {
  const auto full = Oid::from_hex(name);
  if (!full) return git::resolve(repository_, name);
  if (git::has_object(repository_, *full)) return *full;
  return fail(ErrorKind::not_found, "the commit to look at is not in this clone", name,
              repository_.is_shallow() ? event_.deepen : remedy);
}

// Tags may name tags; their messages belong to the range.
Result<ScopeFinder::Tip> ScopeFinder::follow(Oid id) {
  while (true) {
    SLUICE_TRY_ASSIGN(const git::Object object, git::read_object(repository_, id));
    if (object.kind() != git::ObjectKind::tag) {
      return Tip{id, object.kind() == git::ObjectKind::commit};
    }
    add_once(scope_.range.tags, id);
    SLUICE_TRY_ASSIGN(const git::Tag tag, git::parse_tag(object.bytes()));
    id = tag.target;
  }
}

void ScopeFinder::describe(const std::string& old_name, const Oid& id) {
  constexpr std::size_t longest = 100;
  if (pairs_.size() > longest) return;
  if (!pairs_.empty()) pairs_ += ", ";
  if (!old_name.empty()) pairs_ += old_name.substr(0, Oid::from_hex(old_name) ? 7 : longest) + "..";
  pairs_ += short_name(id);
}

Status ScopeFinder::add_range() {
  SLUICE_TRY_ASSIGN(scope_.range, git::resolve_range(repository_, event_.range));
  pairs_ = event_.range;
  reasons_.push_back("the range holds no commit");
  return {};
}

Status ScopeFinder::add_updates() {
  for (const RefUpdate& update : event_.updates) {
    if (update.new_name.empty()) {
      reasons_.push_back(short_ref(update.ref) + " was deleted");
      continue;
    }
    SLUICE_TRY(add_update(update));
  }
  if (event_.known == Known::all_refs) SLUICE_TRY(add_known_refs("refs/", "the server"));
  return {};
}

Status ScopeFinder::add_update(const RefUpdate& update) {
  const std::string spec = update.ref.empty() ? update.new_name : update.ref;
  SLUICE_TRY_ASSIGN(const Oid id, find(update.new_name, "git fetch origin " + spec));
  SLUICE_TRY_ASSIGN(const Tip tip, follow(id));
  SLUICE_TRY(add_local_tag(update.ref, tip));
  describe(update.old_name, id);
  if (!tip.is_commit) {
    add_once(scope_.objects, tip.id);
    return {};
  }
  add_once(scope_.range.include, tip.id);
  bool needs_known = update.ref.starts_with(tag_prefix);
  SLUICE_TRY(add_old(update, tip, needs_known));
  if (!needs_known) return {};
  if (event_.known == Known::default_branch) return add_default_branch(update.ref);
  if (event_.known == Known::all_refs || event_.remote.empty()) return {};
  return add_known_refs("refs/remotes/" + event_.remote + "/", event_.remote);
}

// CI systems tell a tag's commit, and often not the annotated tag itself.
Status ScopeFinder::add_local_tag(const std::string& ref, const Tip& tip) {
  if (!ref.starts_with(tag_prefix) || event_.known != Known::default_branch) return {};
  SLUICE_TRY_ASSIGN(const git::Ref* const local, refs_.find(ref));
  if (local == nullptr || local->peeled != tip.id) return {};
  SLUICE_TRY_ASSIGN(const Tip same, follow(local->target));
  static_cast<void>(same);
  return {};
}

// Leaves out what the ref named before; `needs_known` when that alone does not bound the range.
Status ScopeFinder::add_old(const RefUpdate& update, const Tip& tip, bool& needs_known) {
  const auto full = Oid::from_hex(update.old_name);
  if (update.old_name.empty() || (full && !git::has_object(repository_, *full))) {
    needs_known = true;
    if (!update.old_name.empty() && event_.known == Known::default_branch) {
      scope_.notes.push_back(fmt::format(
          "{} stood at {}, which is not in this clone: more than the push brought was looked at",
          short_ref(update.ref), update.old_name.substr(0, 7)));
    }
    return {};
  }
  SLUICE_TRY_ASSIGN(const Oid old_id, find(update.old_name, {}));
  const auto old_commit = git::peel_to_commit(repository_, old_id);
  if (!old_commit) {  // a tag on a tree or blob was moved to a commit
    needs_known = true;
    return {};
  }
  add_once(scope_.range.exclude, *old_commit);
  const auto is_ahead = git::is_ancestor(repository_, *old_commit, tip.id);
  if (!is_ahead || !*is_ahead) {
    needs_known = true;
    const auto is_behind = git::is_ancestor(repository_, tip.id, *old_commit);
    if (is_behind && *is_behind) {
      reasons_.push_back(fmt::format("{} was moved back from {} to {}", short_ref(update.ref),
                                     short_name(*old_commit), short_name(tip.id)));
    }
  }
  return {};
}

// In CI only the default branch counts as known. The other branches may have come with the same
// push: each run would then leave to the others what none of them looks at.
Status ScopeFinder::add_default_branch(const std::string& moved_ref) {
  std::string branch = event_.default_branch;
  if (branch.empty()) {
    SLUICE_TRY_ASSIGN(branch, refs_.default_branch());
  }
  if (branch.empty() || moved_ref == "refs/heads/" + branch) return {};
  known_label_ = branch;
  SLUICE_TRY_ASSIGN(const auto commit, refs_.commit_at("refs/remotes/origin/" + branch));
  if (commit) {
    add_once(scope_.range.exclude, *commit);
  } else {
    scope_.notes.push_back(fmt::format(
        "{0} is not in this clone, so its commits were looked at too (git fetch origin {0})",
        branch));
  }
  return {};
}

Status ScopeFinder::add_known_refs(const std::string& prefix, const std::string& label) {
  if (!known_label_.empty()) return {};
  known_label_ = label;
  SLUICE_TRY_ASSIGN(const auto commits, refs_.commits_below(prefix));
  auto& exclude = scope_.range.exclude;
  exclude.insert(exclude.end(), commits.begin(), commits.end());
  return {};
}

// The base that the event names, else, after the target branch was rewritten, where it stands now.
Result<Oid> ScopeFinder::base_commit() {
  const Proposal& proposal = event_.proposal;
  const auto named = Oid::from_hex(proposal.base);
  if (named && git::has_object(repository_, *named))
    return git::peel_to_commit(repository_, *named);
  const std::string remedy =
      repository_.is_shallow() ? event_.deepen : "git fetch origin " + proposal.base;
  const std::string branch = "refs/remotes/origin/" + proposal.base_ref;
  SLUICE_TRY_ASSIGN(const auto commit, refs_.commit_at(branch));
  if (repository_.is_shallow() || !commit) {
    return fail(ErrorKind::not_found, "the base to compare with is not in this clone",
                proposal.base, remedy);
  }
  scope_.notes.push_back(fmt::format("the base {} is not in this clone; {} at {} was taken instead",
                                     proposal.base.substr(0, 7), branch, short_name(*commit)));
  return *commit;
}

Status ScopeFinder::add_proposal() {
  const Proposal& proposal = event_.proposal;
  SLUICE_TRY_ASSIGN(const Oid head_id, find(proposal.head, proposal.fetch_head));
  SLUICE_TRY_ASSIGN(const Oid head, git::peel_to_commit(repository_, head_id));
  SLUICE_TRY_ASSIGN(const Oid base, base_commit());
  scope_.range.include.push_back(head);
  scope_.range.exclude.push_back(base);
  describe(base.hex(), head);
  reasons_.push_back(
      fmt::format("{} is part of its base {} already", short_name(head), short_name(base)));
  if (proposal.is_untrusted) return judge_checkout();
  return add_trial_merge();
}

// The merge that the CI system made, and that is checked out: what it changes itself is looked at,
// what its other parent brings from the target branch is not new.
Status ScopeFinder::add_trial_merge() {
  const auto merge = Oid::from_hex(event_.proposal.merge);
  const Oid head = scope_.range.include.front();
  if (!merge || *merge == head) return {};
  if (!git::has_object(repository_, *merge)) {
    scope_.notes.push_back(fmt::format(
        "the trial merge {} is not in this clone and was not looked at", short_name(*merge)));
    return {};
  }
  SLUICE_TRY_ASSIGN(const git::Object object,
                    git::read_object(repository_, *merge, git::ObjectKind::commit));
  SLUICE_TRY_ASSIGN(const git::Commit commit, git::parse_commit(object.bytes()));
  const auto& parents = commit.parents;
  add_once(scope_.range.include, *merge);
  if (parents.size() == 2 && parents[1] == head && !is_cut(*merge)) {
    add_once(scope_.range.exclude, parents[0]);
  }
  return {};
}

// Whoever may open a pull request may put a policy file into it.
Status ScopeFinder::judge_checkout() {
  const auto checked_out = git::resolve(repository_, "HEAD");
  if (!checked_out || checked_out->hex() == event_.proposal.target) return {};
  SLUICE_TRY_ASSIGN(const bool is_base,
                    git::is_ancestor(repository_, *checked_out, scope_.range.exclude.front()));
  scope_.is_checkout_untrusted = !is_base;
  return {};
}

bool ScopeFinder::is_cut(const Oid& commit) const {
  const auto& boundary = repository_.shallow_boundary();
  return std::binary_search(boundary.begin(), boundary.end(), commit);
}

// Counts what is new, and refuses where a shallow clone ends within it.
Status ScopeFinder::check_extent() {
  git::Range& range = scope_.range;
  auto commits = git::commits(repository_, range.include, range.exclude);
  if (!commits) {
    Error error = std::move(commits.error());
    if (repository_.is_shallow()) error.remedy = event_.deepen;
    return tl::unexpected<Error>(std::move(error));
  }
  for (const Oid& id : *commits) {
    if (!is_cut(id)) continue;
    return fail(ErrorKind::not_found,
                "the clone is shallow and ends within what is to be looked at", id.hex(),
                event_.deepen);
  }
  range.commits = std::move(*commits);
  if (!range.commits->empty() || !range.tags.empty() || !scope_.objects.empty()) return {};
  if (!range.include.empty() && !known_label_.empty()) {
    reasons_.push_back("every commit is on " + known_label_ + " already");
  }
  if (reasons_.empty()) {
    return fail(ErrorKind::invalid_input, "no commit is new, and nothing says why",
                scope_.description, "name the range yourself: sluice range BASE..HEAD");
  }
  scope_.empty_reason = fmt::format("{}", fmt::join(reasons_, "; "));
  return {};
}

}  // namespace

Result<CiScope> find_ci_scope(const git::Repository& repository, const CiInput& input) {
  SLUICE_TRY_ASSIGN(CiEvent event, read_ci_event(input));
  return ScopeFinder(repository, std::move(event)).run();
}

}  // namespace sluice::app
