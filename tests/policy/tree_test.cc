#include "policy/tree.h"

#include "policy/support.h"

namespace sluice::policy {
namespace {

using testing::GitRepository;

std::vector<std::string> paths_of(const Tree& tree) {
  std::vector<std::string> paths;
  for (const TreeFile& file : tree.files()) paths.emplace_back(file.path);
  return paths;
}

TEST(PolicyTree, IndexAndCommitAgree) {
  GitRepository repository;
  // `a.b` sorts before `a/` as a path, and after it as git sorts trees.
  for (const char* path : {"a/x", "a.b", "a0", "a/deep/er/y", "top"}) repository.write(path, path);
  const std::string commit = repository.commit_all("all");
  const git::Repository handle = opened(repository);
  const auto index = Tree::of_index(handle);
  const auto tree = Tree::of_commit(handle, *git::Oid::from_hex(commit));
  ASSERT_TRUE(index && tree);
  const std::vector<std::string> wanted = {"a.b", "a/deep/er/y", "a/x", "a0", "top"};
  EXPECT_EQ(paths_of(*index), wanted);
  EXPECT_EQ(paths_of(*tree), wanted);
  for (const Tree* one : {&*index, &*tree}) {
    EXPECT_EQ(one->directories(), (std::vector<std::string>{"", "a", "a/deep", "a/deep/er"}));
    ASSERT_NE(one->find("a/x"), nullptr);
    EXPECT_EQ(*one->read(*one->find("a/x"), 100), "a/x");
    EXPECT_EQ(one->find("a"), nullptr);
    EXPECT_TRUE(one->has_directory("a"));
    EXPECT_TRUE(one->has_directory(""));
    EXPECT_FALSE(one->has_directory("a/x"));
    EXPECT_FALSE(one->has_directory("a/dee"));
  }
}

TEST(PolicyTree, TagsAndTreesLeadToTheTree) {
  GitRepository repository;
  repository.write("x", "x");
  repository.commit_all("x");
  repository.git({"tag", "-a", "-m", "one", "one"});
  repository.git({"tag", "-a", "-m", "two", "two", "one"});
  const git::Repository handle = opened(repository);
  for (const char* spec : {"two", "HEAD^{tree}"}) {
    const auto tree = Tree::of_commit(handle, *git::Oid::from_hex(repository.rev(spec)));
    ASSERT_TRUE(tree) << spec;
    EXPECT_EQ(paths_of(*tree), std::vector<std::string>{"x"});
  }
  const auto blob = Tree::of_commit(handle, *git::Oid::from_hex(repository.rev("HEAD:x")));
  ASSERT_FALSE(blob);
  EXPECT_EQ(blob.error().kind, ErrorKind::invalid_input);
}

TEST(PolicyTree, IntendedFilesAreLeftOutAndSubmodulesAreFlagged) {
  GitRepository repository;
  repository.write("x", "x");
  const std::string commit = repository.commit_all("x");
  repository.git({"update-index", "--add", "--cacheinfo", "160000," + commit + ",sub"});
  repository.write("later", "later");
  repository.git({"add", "-N", "later"});
  const git::Repository handle = opened(repository);
  const auto tree = Tree::of_index(handle);
  ASSERT_TRUE(tree);
  EXPECT_EQ(paths_of(*tree), (std::vector<std::string>{"sub", "x"}));
  EXPECT_TRUE(tree->find("sub")->is_submodule());
  const auto content = tree->read(*tree->find("sub"), 100);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, ErrorKind::unsupported);
}

TEST(PolicyTree, UnmergedPathsAreThereOnceAndCannotBeRead) {
  GitRepository repository;
  repository.write("x", "base\n");
  repository.commit_all("base");
  repository.git({"checkout", "-q", "-b", "side"});
  repository.write("x", "side\n");
  repository.commit_all("side");
  repository.git({"checkout", "-q", "main"});
  repository.write("x", "main\n");
  repository.commit_all("main");
  EXPECT_NE(repository.try_git({"merge", "side"}).status, 0);
  const git::Repository handle = opened(repository);
  const auto tree = Tree::of_index(handle);
  ASSERT_TRUE(tree);
  ASSERT_EQ(paths_of(*tree), std::vector<std::string>{"x"});
  EXPECT_TRUE(tree->files()[0].is_unmerged());
  EXPECT_FALSE(tree->read(tree->files()[0], 100));
}

TEST(PolicyTree, ReadNamesThePathOfWhatIsTooLargeOrMissing) {
  GitRepository repository;
  repository.write("dir/x", "12345");
  repository.commit_all("x");
  const std::string blob = repository.rev("HEAD:dir/x");
  const git::Repository handle = opened(repository);
  const auto tree = Tree::of_index(handle);
  ASSERT_TRUE(tree);
  const auto large = tree->read(tree->files()[0], 4);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().kind, ErrorKind::limit_exceeded);
  EXPECT_EQ(large.error().where, "dir/x");
  EXPECT_TRUE(tree->read(tree->files()[0], 5));
  repository.remove(".git/objects/" + blob.substr(0, 2) + "/" + blob.substr(2));
  const git::Repository again = opened(repository);
  const auto missing = Tree::of_index(again)->read(tree->files()[0], 100);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().where, "dir/x");
}

// Thirty levels of "twice the level below": 2^30 paths in a few kilobytes.
TEST(PolicyTree, ATreeBombEndsInAnError) {
  const GitRepository repository;
  const std::string tree = tree_bomb(repository, "f");
  const git::Repository handle = opened(repository);
  const auto result = Tree::of_commit(handle, *git::Oid::from_hex(tree));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::limit_exceeded);
}

TEST(PolicyTree, DeepFoldersEndInAnError) {
  const GitRepository repository;
  const std::string blob = repository.git({"hash-object", "-w", "--stdin"}, "x");
  std::string path = "f";
  for (int i = 0; i < 5000; ++i) path = "d/" + path;
  repository.git({"update-index", "--index-info"}, "100644 " + blob + "\t" + path + "\n");
  const auto written = repository.try_git({"write-tree"});
  ASSERT_EQ(written.status, 0) << written.err;
  const git::Repository handle = opened(repository);
  const auto result = Tree::of_commit(handle, *git::Oid::from_hex(written.out.substr(0, 40)));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::limit_exceeded);
}

}  // namespace
}  // namespace sluice::policy
