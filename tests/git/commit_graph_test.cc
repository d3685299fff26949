// Walks give the same answers with a commit-graph as without, and as git does.

#include "git/commit_graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "git/attribution.h"
#include "git/refs.h"
#include "git/repository.h"
#include "git/walk.h"
#include "support/git_repository.h"
#include "support/random_history.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;
using sluice::testing::pieces;
using sluice::testing::random_history;
using sluice::testing::read_whole;
using sluice::testing::Times;

constexpr int commit_count = 150;

// Asks as often as a long walk would.
const pack::CommitGraph* graph_of(const Repository& repository) {
  const pack::CommitGraph* graph = nullptr;
  for (int i = 0; i < 1000 && graph == nullptr; ++i) graph = repository.commit_graph();
  return graph;
}

std::string branch(std::mt19937& random, int count = commit_count) {
  return "c" + std::to_string(1 + random() % count);
}

struct Answers {
  std::vector<Oid> commits;
  std::vector<Oid> bases;
  bool is_ancestor = false;
  std::vector<Oid> trees;

  friend bool operator==(const Answers&, const Answers&) = default;
};

Answers ask(const Repository& repository, const Oid& a, const Oid& b) {
  Answers answers;
  answers.commits = commits(repository, {a}, {b}).value();
  answers.bases = merge_bases(repository, a, b).value();
  std::sort(answers.bases.begin(), answers.bases.end());
  answers.is_ancestor = is_ancestor(repository, a, b).value();
  const auto roots = commit_roots(repository, answers.commits);
  for (const AttributionRoot& root : roots.value()) answers.trees.push_back(root.tree);
  return answers;
}

void expect_as_git(const GitRepository& repo, const Answers& answers, const std::string& a,
                   const std::string& b, Times times) {
  std::vector<Oid> expected;
  for (const std::string& name : pieces(repo.try_git({"merge-base", "--all", a, b}).out))
    expected.push_back(*Oid::from_hex(name));
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(answers.bases, expected) << a << " " << b;
  EXPECT_EQ(answers.is_ancestor, repo.try_git({"merge-base", "--is-ancestor", a, b}).status == 0);
  const std::string listed = repo.git({"rev-list", a, "^" + b});
  for (const std::string& name : pieces(listed)) {
    const auto& all = answers.commits;
    EXPECT_NE(std::find(all.begin(), all.end(), *Oid::from_hex(name)), all.end());
  }
  if (times == Times::rising) {
    EXPECT_EQ(answers.commits.size(), pieces(listed).size());
  }
}

// How the commit-graph of a repository comes about; true when it can be used.
bool write_graph(const GitRepository& repo, const std::string& layout, std::mt19937& random) {
  const auto write = [&](const std::string& how, int tips) {
    std::vector<std::string> name_them{"rev-parse"};
    for (int i = 1; i <= tips; ++i) name_them.push_back("c" + std::to_string(i));
    repo.git({"commit-graph", "write", "--stdin-commits", "--no-progress", how}, repo.git(name_them) + "\n");
  };
  if (layout == "part") write("--no-changed-paths", commit_count / 2);
  if (layout == "chain")
    for (const int tips : {40, 90, commit_count}) write("--split=no-merge", tips);
  if (layout == "part of a chain")
    for (const int tips : {40, 90}) write("--split=no-merge", tips);
  if (layout == "single") write("--changed-paths", commit_count);
  if (layout == "levels")
    repo.git({"-c", "commitGraph.generationVersion=1", "commit-graph", "write", "--reachable"});
  if (layout != "damaged") return layout != "none";
  write("--no-changed-paths", commit_count);
  const std::string path = repo.path() + "/.git/objects/info/commit-graph";
  std::string bytes = read_whole(path);
  bytes[random() % bytes.size()] ^= 4;
  std::filesystem::remove(path);
  repo.write(".git/objects/info/commit-graph", bytes);
  return false;
}

TEST(CommitGraphUse, AnswersAreThoseOfCommitsThemselves) {
  std::mt19937 random(17);
  for (const Times times : {Times::rising, Times::skewed, Times::wild}) {
    const GitRepository repo;
    repo.git({"fast-import", "--quiet"}, random_history(random, commit_count, times));
    std::vector<std::pair<std::string, std::string>> pairs;
    for (int i = 0; i < 15; ++i) pairs.emplace_back(branch(random), branch(random));
    std::vector<Answers> expected;
    for (const auto& [a, b] : pairs) {
      const Repository plain = Repository::open(repo.path()).value();
      expected.push_back(ask(plain, resolve(plain, a).value(), resolve(plain, b).value()));
      expect_as_git(repo, expected.back(), a, b, times);
    }
    for (const char* layout : {"none", "part", "chain", "part of a chain", "single", "levels", "damaged"}) {
      SCOPED_TRACE(layout);
      repo.remove(".git/objects/info/commit-graph");
      repo.remove(".git/objects/info/commit-graphs");
      const bool is_usable = write_graph(repo, layout, random);
      const Repository opened = Repository::open(repo.path()).value();
      for (std::size_t i = 0; i < pairs.size(); ++i) {
        // The first walk meets the graph in its middle, the later ones from the start.
        const Answers found = ask(opened, resolve(opened, pairs[i].first).value(),
                                  resolve(opened, pairs[i].second).value());
        EXPECT_EQ(found, expected[i]) << pairs[i].first << " " << pairs[i].second;
      }
      EXPECT_EQ(graph_of(opened) != nullptr, is_usable);
      EXPECT_EQ(opened.commit_graph_problem().has_value(), std::string(layout) == "damaged");
    }
  }
}

// Loose commits, and a graph that can be used.
class WithGraph : public ::testing::Test {
 protected:
  WithGraph() {
    std::mt19937 random(19);
    repo_.git({"-c", "fastimport.unpackLimit=10000", "fast-import", "--quiet"},
              random_history(random, 80, Times::rising));
    repo_.git({"commit-graph", "write", "--reachable", "--no-progress"});
  }
  Repository open() const { return Repository::open(repo_.path()).value(); }
  Oid id(const std::string& name) const { return *Oid::from_hex(repo_.rev(name)); }

  GitRepository repo_;
};

TEST_F(WithGraph, IsNotLookedForInShortWalks) {
  const Repository repository = open();
  for (int i = 0; i < 64; ++i) EXPECT_EQ(repository.commit_graph(), nullptr);
  EXPECT_NE(repository.commit_graph(), nullptr);
}

TEST_F(WithGraph, IsUsed) {
  EXPECT_NE(graph_of(open()), nullptr);
  repo_.git({"config", "core.commitGraph", "true"});
  EXPECT_NE(graph_of(open()), nullptr);
}

TEST_F(WithGraph, IsNotUsedWhenGitWouldNot) {
  repo_.git({"config", "core.commitGraph", "false"});
  EXPECT_EQ(graph_of(open()), nullptr);
  repo_.git({"config", "--unset", "core.commitGraph"});

  repo_.git({"replace", "c5", "c7"});
  EXPECT_EQ(graph_of(open()), nullptr);
  repo_.git({"pack-refs", "--all"});
  EXPECT_EQ(graph_of(open()), nullptr);
  repo_.git({"replace", "-d", "c5"});
  EXPECT_NE(graph_of(open()), nullptr);

  repo_.write(".git/info/grafts", repo_.rev("c5") + "\n");
  EXPECT_EQ(graph_of(open()), nullptr);
  repo_.remove(".git/info/grafts");

  repo_.write(".git/shallow", repo_.rev("c5") + "\n");
  EXPECT_EQ(graph_of(open()), nullptr);
  EXPECT_FALSE(open().commit_graph_problem());
}

// What the graph tells of a commit does not stand for the commit.
TEST_F(WithGraph, CommitThatTheDatabaseLacksIsMissing) {
  const std::string lost = repo_.rev("c80^");
  const Repository whole = open();
  ASSERT_NE(graph_of(whole), nullptr);
  const Oid last = id("c80");
  EXPECT_TRUE(commits(whole, {last}, {}));
  repo_.remove(".git/objects/" + lost.substr(0, 2) + "/" + lost.substr(2));
  const Repository repository = open();
  ASSERT_NE(graph_of(repository), nullptr);
  const auto found = commits(repository, {last}, {});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::not_found);
  EXPECT_NE(to_string(found.error()).find(lost), std::string::npos);
  EXPECT_FALSE(tree_of_commit(repository, *Oid::from_hex(lost)));
}

TEST(CommitGraphUse, WorksWithSha256) {
  const GitRepository repo({"--object-format=sha256"});
  std::mt19937 random(23);
  repo.git({"fast-import", "--quiet"}, random_history(random, 80, Times::rising));
  repo.git({"commit-graph", "write", "--reachable", "--no-progress"});
  const Repository repository = Repository::open(repo.path()).value();
  ASSERT_NE(graph_of(repository), nullptr);
  const Oid tip = *Oid::from_hex(repo.rev("c80"));
  EXPECT_EQ(commits(repository, {tip}, {}).value().size(), pieces(repo.git({"rev-list", "c80"})).size());
}

}  // namespace
}  // namespace sluice::git
