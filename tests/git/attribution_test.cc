#include "git/attribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "git/refs.h"
#include "git/repository.h"
#include "git/walk.h"
#include "support/git_repository.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;
using sluice::testing::pieces;

Oid oid(const std::string& hex) { return Oid::from_hex(hex).value(); }

std::vector<AttributionRoot> roots_of(const Repository& repository, const std::string& tip) {
  const auto order = commits(repository, {resolve(repository, tip).value()}, {});
  return commit_roots(repository, *order).value();
}

TEST(Attribution, NamesFirstCommitAuthorDateAndAllPaths) {
  GitRepository repo;
  repo.commit("empty");
  repo.write("a/one", "wanted");
  const std::string first = repo.commit_all("brings it");
  const Oid blob = oid(repo.rev("HEAD:a/one"));
  repo.git({"mv", "a", "b"});
  repo.commit("moves its folder");
  repo.write("copy", "wanted");
  repo.write("other", "unrelated");
  repo.commit_all("copies it");
  repo.git({"rm", "-q", "-r", "b", "copy"});
  repo.commit("removes it");
  const auto opened = Repository::open(repo.path());
  const auto result = attribute(*opened, {blob}, roots_of(*opened, "HEAD"));
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_TRUE(result->problems.empty());
  ASSERT_EQ(result->blobs.size(), 1u);
  const Attribution& found = result->blobs.at(blob);
  EXPECT_EQ(found.commit.hex(), first);
  EXPECT_EQ(found.author, "A U Thor <author@example.com>");
  EXPECT_EQ(found.date, repo.git({"log", "-1", "--format=%aI", first}));
  EXPECT_EQ(found.paths, (std::vector<std::string>{"a/one", "b/one", "copy"}));
}

TEST(Attribution, WhatNoRootHoldsIsAbsent) {
  GitRepository repo;
  repo.write("file", "x");
  repo.commit_all("one");
  const Oid dangling = oid(repo.git({"hash-object", "-w", "--stdin"}, "dangling"));
  const auto opened = Repository::open(repo.path());
  const auto result = attribute(*opened, {dangling}, roots_of(*opened, "HEAD"));
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->blobs.empty());
}

// A random history of some contents that wander over some paths.
void wander(GitRepository& repo, std::mt19937& random) {
  for (int commit = 0; commit < 25; ++commit) {
    if (random() % 6 == 0) repo.git({"checkout", "-q", "-B", "side", "HEAD~0"});
    for (int change = 0; change < 3; ++change) {
      const std::string path = std::string(1, static_cast<char>('a' + random() % 3)) + "/" +
                               std::string(1, static_cast<char>('x' + random() % 3)) + "/f" +
                               std::to_string(random() % 4);
      if (random() % 4 == 0) {
        repo.remove(path);
      } else {
        repo.write(path, "content " + std::to_string(random() % 12));
      }
    }
    repo.commit_all("commit " + std::to_string(commit));
  }
}

TEST(Attribution, EqualsLsTreeOverEveryCommit) {
  std::mt19937 random(3);
  GitRepository repo;
  wander(repo, random);
  const auto opened = Repository::open(repo.path());
  const auto order = commits(*opened, {resolve(*opened, "HEAD").value()}, {});
  std::map<Oid, std::set<std::string>> paths;
  std::map<Oid, Oid> first;
  for (const Oid& commit : *order) {
    const auto entries = pieces(repo.git({"ls-tree", "-r", commit.hex()}));
    for (const std::string& entry : entries) {
      const Oid blob = oid(entry.substr(12, 40));
      paths[blob].insert(entry.substr(53));
      first.emplace(blob, commit);
    }
  }
  std::vector<Oid> targets;
  for (const auto& [blob, known] : paths) targets.push_back(blob);
  const auto result = attribute(*opened, targets, roots_of(*opened, "HEAD"));
  ASSERT_TRUE(result);
  ASSERT_EQ(result->blobs.size(), targets.size());
  ASSERT_GT(targets.size(), 8u);
  for (const Oid& blob : targets) {
    const Attribution& found = result->blobs.at(blob);
    EXPECT_EQ(found.commit, first[blob]);
    EXPECT_EQ(std::set<std::string>(found.paths.begin(), found.paths.end()), paths[blob]);
    EXPECT_EQ(found.paths.size(), paths[blob].size());
  }
}

TEST(Attribution, MissingTreeIsAProblemAndTheRestIsAnswered) {
  GitRepository repo;
  repo.write("gone/file", "lost");
  repo.write("kept/file", "wanted");
  repo.commit_all("one");
  const std::string tree = repo.rev("HEAD:gone");
  const Oid blob = oid(repo.rev("HEAD:kept/file"));
  repo.remove(".git/objects/" + tree.substr(0, 2) + "/" + tree.substr(2));
  const auto opened = Repository::open(repo.path());
  const auto result = attribute(*opened, {blob}, roots_of(*opened, "HEAD"));
  ASSERT_TRUE(result);
  ASSERT_EQ(result->problems.size(), 1u);
  EXPECT_EQ(result->problems[0].where, tree);
  EXPECT_EQ(result->problems[0].kind, ErrorKind::not_found);
  EXPECT_EQ(result->blobs.at(blob).paths, std::vector<std::string>{"kept/file"});
}

// Trees that hold the next one `width` times over, `depth` levels deep.
std::string nested_tree(const GitRepository& repo, const std::string& blob, int depth, int width) {
  std::string tree = repo.git({"mktree"}, "100644 blob " + blob + "\tfile\n");
  for (int level = 0; level < depth; ++level) {
    std::string entries;
    for (int i = 0; i < width; ++i)
      entries += "040000 tree " + tree + "\td" + std::to_string(i) + "\n";
    tree = repo.git({"mktree"}, entries);
  }
  return tree;
}

TEST(Attribution, ATreeBombIsCutOffAndSaid) {
  GitRepository repo;
  const std::string blob = repo.git({"hash-object", "-w", "--stdin"}, "wanted");
  const std::string tree = nested_tree(repo, blob, 12, 10);
  const auto opened = Repository::open(repo.path());
  const auto result = attribute(*opened, {oid(blob)}, {{oid(tree), Oid{}}});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->problems.size(), 1u);
  EXPECT_EQ(result->problems[0].kind, ErrorKind::limit_exceeded);
  EXPECT_FALSE(result->blobs.empty());
}

}  // namespace
}  // namespace sluice::git
