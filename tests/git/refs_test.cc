#include "git/refs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "git/repository.h"
#include "support/git_repository.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;
using sluice::testing::pieces;
using sluice::testing::run_process;
using sluice::testing::write_whole;

std::vector<const Ref*> named(const RefList& list, const std::string& name) {
  std::vector<const Ref*> found;
  for (const Ref& ref : list.refs)
    if (ref.name == name) found.push_back(&ref);
  return found;
}

std::string target_of(const RefList& list, const std::string& name) {
  const auto found = named(list, name);
  return found.empty() ? "" : found.front()->target.hex();
}

RefList refs_of(const std::string& dir) {
  auto list = all_refs(Repository::open(dir).value());
  EXPECT_TRUE(list);
  return list ? *list : RefList{};
}

TEST(Refs, EqualForEachRefLooseAndPacked) {
  GitRepository repo;
  repo.write("file", "x");
  repo.commit_all("one");
  repo.git({"branch", "side/deep"});
  repo.git({"tag", "-a", "-m", "annotated", "v1"});
  repo.git({"tag", "-a", "-m", "tag of a tag", "v1-again", "v1"});
  repo.git({"tag", "on-a-blob", "HEAD:file"});
  repo.git({"notes", "add", "-m", "note"});
  repo.git({"pack-refs", "--all"});
  repo.commit("two");
  repo.git({"branch", "loose"});
  const RefList list = refs_of(repo.path());
  EXPECT_TRUE(list.problems.empty());
  std::set<std::string> expected, found;
  for (const std::string& line :
       pieces(repo.git({"for-each-ref", "--format=%(refname) %(objectname)"})))
    expected.insert(line);
  for (const Ref& ref : list.refs)
    if (ref.name.starts_with("refs/")) found.insert(ref.name + " " + ref.target.hex());
  EXPECT_EQ(found, expected);
  EXPECT_EQ(named(list, "refs/tags/v1-again").front()->peeled.hex(), repo.rev("v1^{commit}"));
  EXPECT_EQ(target_of(list, "HEAD"), repo.head());
  EXPECT_EQ(named(list, "HEAD").front()->symbolic, "refs/heads/main");
}

TEST(Refs, DetachedHead) {
  GitRepository repo;
  const std::string first = repo.commit("one");
  repo.commit("two");
  repo.git({"checkout", "-q", first});
  const RefList list = refs_of(repo.path());
  EXPECT_EQ(target_of(list, "HEAD"), first);
  EXPECT_EQ(named(list, "HEAD").front()->symbolic, "");
}

TEST(Refs, UnbornHeadIsNoProblem) {
  const GitRepository repo;
  const RefList list = refs_of(repo.path());
  EXPECT_TRUE(list.refs.empty());
  EXPECT_TRUE(list.problems.empty());
  EXPECT_EQ(list.unborn, "refs/heads/main");
}

TEST(Refs, PseudoRefsAndOtherWorktrees) {
  GitRepository repo;
  const std::string first = repo.commit("one");
  const std::string second = repo.commit("two");
  repo.git({"reset", "-q", "--hard", first});
  write_whole(repo.path() + "/.git/FETCH_HEAD",
              first + "\t\tbranch 'a' of x\n" + second + "\tnot-for-merge\tbranch 'b' of x\n");
  const std::string side = repo.directory() + "/side";
  repo.git({"worktree", "add", "-q", "--detach", side, second});
  run_process({"git", "update-ref", "refs/bisect/bad", second}, side);
  for (const std::string& dir : {repo.path(), side}) {
    const RefList list = refs_of(dir);
    const bool linked = dir == side;
    const std::string main = linked ? "main-worktree/" : "";
    const std::string other = linked ? "" : "worktrees/side/";
    EXPECT_TRUE(list.problems.empty());
    EXPECT_EQ(target_of(list, main + "ORIG_HEAD"), second);
    EXPECT_EQ(named(list, main + "FETCH_HEAD").size(), 2u);
    EXPECT_EQ(target_of(list, main + "HEAD"), first);
    EXPECT_EQ(target_of(list, other + "HEAD"), second);
    EXPECT_EQ(target_of(list, other + "refs/bisect/bad"), second);
    EXPECT_EQ(target_of(list, "refs/heads/main"), first);
  }
}

TEST(Refs, BrokenOnesAreReportedAndTheRestIsRead) {
  GitRepository repo;
  const std::string first = repo.commit("one");
  repo.write(".git/refs/heads/garbage", "not a name\n");
  repo.write(".git/refs/heads/empty", "");
  repo.write(".git/refs/heads/absent", std::string(40, '1') + "\n");
  repo.write(".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/pruned\n");
  repo.write(".git/refs/heads/alias", "ref: refs/heads/gone\n");
  repo.write(".git/refs/heads/loop", "ref: refs/heads/loop\n");
  const RefList list = refs_of(repo.path());
  EXPECT_EQ(target_of(list, "refs/heads/main"), first);
  std::set<std::string> where;
  for (const Error& problem : list.problems) where.insert(problem.where);
  EXPECT_EQ(where,
            (std::set<std::string>{"refs/heads/absent", "refs/heads/alias", "refs/heads/empty",
                                   "refs/heads/garbage", "refs/heads/loop"}));
}

TEST(Refs, VisitedAsTheyAreListed) {
  GitRepository repo;
  const std::string first = repo.commit("one");
  for (int i = 0; i < 40; ++i) {
    repo.commit("more");
    repo.git({"branch", "b" + std::to_string(i)});
  }
  repo.git({"pack-refs", "--all"});
  repo.git({"branch", "-f", "b7", first});
  repo.git({"symbolic-ref", "refs/heads/alias", "refs/heads/b9"});
  repo.write(".git/refs/heads/absent", std::string(40, '1') + "\n");
  repo.write(".git/refs/heads/loop", "ref: refs/heads/loop\n");
  const auto repository = Repository::open(repo.path()).value();
  const auto text_of = [](std::string_view name, const Oid& target, std::string_view symbolic) {
    return std::string(name) + " " + target.hex() + " " + std::string(symbolic);
  };
  const RefList list = refs_of(repo.path());
  EXPECT_EQ(list.problems.size(), 2u);
  std::vector<std::string> listed;
  for (const Ref& ref : list.refs) listed.push_back(text_of(ref.name, ref.target, ref.symbolic));
  EXPECT_TRUE(std::is_sorted(listed.begin(), listed.end()));
  EXPECT_NE(std::find(listed.begin(), listed.end(), "refs/heads/b7 " + first + " "), listed.end());
  std::vector<std::string> visited;
  const VisitRef visit = [&](const FoundRef& ref) -> Status {
    visited.push_back(text_of(ref.name, ref.target, ref.symbolic));
    return {};
  };
  const auto failures = visit_refs(repository, visit);
  ASSERT_TRUE(failures);
  // Whether what a ref names is there is not looked at.
  EXPECT_EQ(failures->problems.size(), 1u);
  std::sort(visited.begin(), visited.end());
  listed.push_back(text_of("refs/heads/absent", *Oid::from_hex(std::string(40, '1')), ""));
  std::sort(listed.begin(), listed.end());
  EXPECT_EQ(visited, listed);
}

TEST(Refs, PackedOnesOutOfOrderAndGivenTwice) {
  GitRepository repo;
  const std::string first = repo.commit("one");
  const std::string second = repo.commit("two");
  repo.write(".git/packed-refs", second + " refs/tags/z\n" + first + " refs/tags/b\n" + second + " refs/tags/a\n" +
                                     second + " refs/tags/b\n");
  repo.write(".git/refs/heads/to-b", "ref: refs/tags/b\n");
  const RefList list = refs_of(repo.path());
  EXPECT_EQ(target_of(list, "refs/tags/a"), second);
  EXPECT_EQ(target_of(list, "refs/tags/b"), second);
  EXPECT_EQ(named(list, "refs/tags/b").size(), 1u);
  EXPECT_EQ(target_of(list, "refs/tags/z"), second);
  EXPECT_EQ(target_of(list, "refs/heads/to-b"), second);
}

TEST(Refs, MalformedPackedRefsAreAnError) {
  GitRepository repo;
  repo.commit("one");
  repo.write(".git/packed-refs", "# pack-refs with: peeled\nbroken line\n");
  const auto list = all_refs(Repository::open(repo.path()).value());
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().kind, ErrorKind::corrupt);
}

TEST(Reflogs, KeepOldStashesAndResetCommits) {
  GitRepository repo;
  repo.write("file", "base");
  const std::string first = repo.commit_all("one");
  repo.write("file", "stash one");
  repo.git({"stash", "-q"});
  repo.write("file", "stash two");
  repo.git({"stash", "-q"});
  const std::string lost = repo.commit("lost");
  repo.git({"reset", "-q", "--hard", first});
  const std::string side = repo.directory() + "/side";
  repo.git({"worktree", "add", "-q", "--detach", side, lost});
  const auto logs = all_reflogs(Repository::open(repo.path()).value());
  ASSERT_TRUE(logs);
  EXPECT_TRUE(logs->problems.empty());
  std::set<std::string> found;
  for (const ReflogEntry& entry : logs->entries) found.insert(entry.log + " " + entry.id.hex());
  EXPECT_TRUE(found.contains("refs/stash " + repo.rev("stash@{0}")));
  EXPECT_TRUE(found.contains("refs/stash " + repo.rev("stash@{1}")));
  EXPECT_TRUE(found.contains("HEAD " + lost));
  EXPECT_TRUE(found.contains("refs/heads/main " + lost));
  EXPECT_TRUE(found.contains("worktrees/side/HEAD " + lost));
}

TEST(Reflogs, MalformedLinesAreReported) {
  GitRepository repo;
  const std::string first = repo.commit("one");
  repo.write(".git/logs/refs/heads/odd",
             "garbage\n" + std::string(40, '0') + " " + first + " A <a@example.com> 1 +0000\tx\n");
  const auto logs = all_reflogs(Repository::open(repo.path()).value());
  ASSERT_TRUE(logs);
  ASSERT_EQ(logs->problems.size(), 1u);
  EXPECT_TRUE(logs->problems[0].where.ends_with("logs/refs/heads/odd:1"));
  EXPECT_TRUE(std::any_of(logs->entries.begin(), logs->entries.end(), [&](const ReflogEntry& e) {
    return e.log == "refs/heads/odd" && e.id.hex() == first;
  }));
}

TEST(Revision, RangesEqualRevParse) {
  GitRepository repo;
  repo.commit("one");
  repo.git({"checkout", "-q", "-b", "side"});
  repo.commit("side");
  repo.git({"checkout", "-q", "main"});
  repo.commit("two");
  repo.git({"merge", "-q", "--no-edit", "side"});
  repo.git({"tag", "-a", "-m", "release", "v1"});
  const auto opened = Repository::open(repo.path());
  for (const std::string spec :
       {"HEAD~1..HEAD", "..side", "side..", "side...HEAD~1", "HEAD^!", "HEAD^@", "HEAD^-",
        "HEAD^-2", "side", "^side", "v1^{commit}", "HEAD^{/two..x|two}", "v1~1..v1"}) {
    const auto range = resolve_range(*opened, spec);
    ASSERT_TRUE(range) << spec << ": " << to_string(range.error());
    std::set<std::string> found;
    for (const Oid& id : range->include) found.insert(id.hex());
    for (const Oid& id : range->exclude) found.insert("^" + id.hex());
    std::set<std::string> expected;
    for (const std::string& line : pieces(repo.git({"rev-parse", spec}))) {
      const std::string mark = line[0] == '^' ? "^" : "";
      expected.insert(mark + repo.rev(line.substr(mark.size()) + "^{commit}"));
    }
    EXPECT_EQ(found, expected) << spec;
  }
  const auto tagged = resolve_range(*opened, "side..v1");
  ASSERT_EQ(tagged->tags.size(), 1u);
  EXPECT_EQ(tagged->tags[0].hex(), repo.rev("v1"));
}

TEST(Revision, WhatCannotBeResolvedIsAnError) {
  GitRepository repo;
  repo.write("file", "x");
  repo.commit_all("one");
  const auto opened = Repository::open(repo.path());
  EXPECT_EQ(resolve(*opened, "nowhere").error().kind, ErrorKind::not_found);
  EXPECT_EQ(resolve(*opened, "").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(resolve(*opened, "--all").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(resolve_range(*opened, "nowhere..HEAD").error().kind, ErrorKind::not_found);
  EXPECT_EQ(resolve_range(*opened, "HEAD:file").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(resolve_range(*opened, "HEAD^-2").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(resolve(*opened, std::string(40, '1')).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace sluice::git
