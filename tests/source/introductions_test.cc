#include "source/introductions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "git/refs.h"
#include "source/added_lines.h"
#include "support/git_repository.h"

namespace sluice::source {
namespace {

using testing::GitRepository;

git::Oid tree_of(const git::Repository& repository, const std::string& revision) {
  return *git::resolve(repository, revision + "^{tree}");
}

std::vector<std::string> paths_introduced(const GitRepository& made, const std::string& revision,
                                          const std::vector<std::string>& parents) {
  const auto repository = git::Repository::open(made.path());
  std::vector<git::Oid> trees;
  for (const std::string& parent : parents) trees.push_back(tree_of(*repository, parent));
  const auto found = Introductions(*repository).of(tree_of(*repository, revision), trees);
  EXPECT_TRUE(found);
  std::vector<std::string> paths;
  for (const Introduction& one : *found) paths.push_back(one.path);
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(Introductions, OfARootAreAllFiles) {
  GitRepository repo;
  repo.write("a", "1");
  repo.write("d/e/b", "2");
  repo.commit_all("one");
  EXPECT_EQ(paths_introduced(repo, "HEAD", {}), (std::vector<std::string>{"a", "d/e/b"}));
}

TEST(Introductions, OfAnOrdinaryCommitAreWhatItWrote) {
  GitRepository repo;
  repo.write("same", "1");
  repo.write("d/changed", "1");
  repo.write("gone", "1");
  repo.commit_all("one");
  repo.write("d/changed", "2");
  repo.write("d/new", "1");
  repo.remove("gone");
  repo.commit_all("two");
  EXPECT_EQ(paths_introduced(repo, "HEAD", {"HEAD~1"}), (std::vector<std::string>{"d/changed", "d/new"}));
}

TEST(Introductions, OfAMergeAreItsOwnOnly) {
  GitRepository repo;
  repo.write("a", "1");
  repo.commit_all("one");
  repo.git({"branch", "side"});
  repo.write("main", "1");
  repo.commit_all("two");
  repo.git({"checkout", "-q", "side"});
  repo.write("side", "1");
  repo.commit_all("three");
  repo.git({"merge", "-q", "--no-commit", "--no-ff", "-"});
  repo.write("evil", "1");
  repo.commit_all("merge");
  EXPECT_EQ(paths_introduced(repo, "HEAD", {"HEAD^1", "HEAD^2"}), (std::vector<std::string>{"evil"}));
}

TEST(Introductions, AFolderThatBecomesAFileAndBack) {
  GitRepository repo;
  repo.write("x/y", "1");
  repo.commit_all("one");
  repo.remove("x");
  repo.write("x", "1");
  repo.commit_all("two");
  EXPECT_EQ(paths_introduced(repo, "HEAD", {"HEAD~1"}), (std::vector<std::string>{"x"}));
  EXPECT_EQ(paths_introduced(repo, "HEAD~1", {"HEAD"}), (std::vector<std::string>{"x/y"}));
}

TEST(AddedLines, OfARenamedFileAreHeldAgainstItsOldName) {
  GitRepository repo;
  std::string body;
  for (int i = 0; i < 40; ++i) body += "line " + std::to_string(i) + "\n";
  repo.write("old", body);
  repo.commit_all("one");
  repo.remove("old");
  repo.write("new", body + "added\n");
  repo.commit_all("two");
  const auto repository = git::Repository::open(repo.path());
  AddedLines added(*repository);
  const Place place{"new", tree_of(*repository, "HEAD"), {tree_of(*repository, "HEAD~1")}, {git::Oid{}}};
  const auto lines = added.of(body + "added\n", {place});
  ASSERT_TRUE(lines);
  EXPECT_EQ(*lines, (std::vector<git::LineRange>{{41, 41}}));
}

TEST(AddedLines, OfAMergeAreInNeitherParent) {
  GitRepository repo;
  repo.write("a", "1\n2\n");
  repo.write("b", "2\n3\n");
  repo.commit_all("one");
  const auto repository = git::Repository::open(repo.path());
  const git::Oid tree = tree_of(*repository, "HEAD");
  const Place place{"m", tree, {tree, tree},
                    {*git::resolve(*repository, "HEAD:a"), *git::resolve(*repository, "HEAD:b")}};
  AddedLines added(*repository);
  const auto lines = added.of("1\n2\n3\n4\n", {place});
  ASSERT_TRUE(lines);
  EXPECT_EQ(*lines, (std::vector<git::LineRange>{{4, 4}}));
}

}  // namespace
}  // namespace sluice::source
