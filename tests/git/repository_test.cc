#include "git/repository.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "git/diff.h"
#include "git/index.h"
#include "git/object.h"
#include "git/refs.h"
#include "git/simple.h"
#include "support/git_repository.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;
using sluice::testing::read_whole;
using sluice::testing::run_process;
using sluice::testing::ScopedVariable;
using sluice::testing::TemporaryDirectory;
using sluice::testing::write_whole;

Oid oid_of(const std::string& hex) { return Oid::from_hex(hex).value(); }

TEST(Repository, IsFoundFromASubdirectory) {
  GitRepository repo;
  repo.write("a/b/file", "x");
  const auto opened = Repository::open(repo.path() + "/a/b");
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(opened->work_tree(), repo.path());
  EXPECT_EQ(opened->git_dir(), repo.path() + "/.git");
  EXPECT_EQ(opened->common_dir(), repo.path() + "/.git");
  EXPECT_FALSE(opened->is_bare());
  EXPECT_FALSE(opened->is_shallow());
  EXPECT_FALSE(opened->is_partial_clone());
}

TEST(Repository, AbsenceIsNotFound) {
  const TemporaryDirectory empty;
  const auto opened = Repository::open(empty.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::not_found);
  EXPECT_FALSE(opened.error().remedy.empty());
  EXPECT_EQ(Repository::open(empty.path() + "/nowhere").error().kind, ErrorKind::not_found);
}

TEST(Repository, BareOneIsFoundFromInside) {
  GitRepository repo({"--bare"});
  const auto opened = Repository::open(repo.path() + "/objects");
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->is_bare());
  EXPECT_EQ(opened->work_tree(), "");
  EXPECT_EQ(opened->git_dir(), repo.path());
}

TEST(Repository, LinkedWorktreeKeepsItsOwnIndexAndSharesTheRest) {
  GitRepository repo;
  repo.write("file", "x");
  repo.commit_all("one");
  const std::string side = repo.directory() + "/side";
  repo.git({"worktree", "add", "-q", side});
  write_whole(side + "/only-here", "y");
  run_process({"git", "add", "-A"}, side);
  const auto opened = Repository::open(side);
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(opened->work_tree(), side);
  EXPECT_EQ(opened->git_dir(), repo.path() + "/.git/worktrees/side");
  EXPECT_EQ(opened->common_dir(), repo.path() + "/.git");
  EXPECT_EQ(opened->hooks_dir().value(), repo.path() + "/.git/hooks");
  const auto index = read_index(*opened);
  ASSERT_TRUE(index);
  EXPECT_EQ(index->entries.size(), 2u);
}

TEST(Repository, SubmoduleIsItsOwnRepository) {
  GitRepository inner;
  inner.write("file", "x");
  inner.commit_all("inner");
  GitRepository outer;
  outer.git({"submodule", "--quiet", "add", inner.path(), "sub"});
  const auto opened = Repository::open(outer.path() + "/sub");
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->work_tree(), outer.path() + "/sub");
  EXPECT_EQ(opened->git_dir(), outer.path() + "/.git/modules/sub");
}

TEST(Repository, AnotherUsersRepositoryIsRefusedUntilTrusted) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a directory away";
  GitRepository repo;
  repo.commit("one");
  for (const std::string& path : {repo.path(), repo.path() + "/.git"})
    ASSERT_EQ(::chown(path.c_str(), 65534, 65534), 0);
  std::filesystem::create_directory(repo.path() + "/sub");
  const auto opened = Repository::open(repo.path() + "/sub");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::refused) << to_string(opened.error());
  EXPECT_NE(opened.error().remedy.find("safe.directory " + repo.path()), std::string::npos);
  const std::string config = std::string(std::getenv("HOME")) + "/.gitconfig";
  const std::string before = read_whole(config);
  write_whole(config, before + "[safe]\n\tdirectory = " + repo.path() + "\n");
  EXPECT_TRUE(Repository::open(repo.path() + "/sub"));
  write_whole(config, before + "[safe]\n\tdirectory = /some/where/else\n");
  EXPECT_EQ(Repository::open(repo.path() + "/sub").error().kind, ErrorKind::refused);
  write_whole(config, before);
}

TEST(Repository, ShallowCloneKnowsItsBoundary) {
  GitRepository repo;
  repo.commit("one");
  repo.commit("two");
  const std::string clone = repo.directory() + "/clone";
  repo.git({"clone", "-q", "--depth=1", "file://" + repo.path(), clone});
  const auto opened = Repository::open(clone);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->is_shallow());
  EXPECT_EQ(opened->shallow_boundary(), std::vector<Oid>{oid_of(repo.head())});
  const auto missing = read_object(*opened, oid_of(repo.rev("HEAD~1")));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  EXPECT_NE(missing.error().remedy.find("--unshallow"), std::string::npos);
}

TEST(Repository, PartialCloneOpensAndNamesTheRemedy) {
  GitRepository repo;
  repo.write("file", "content");
  repo.commit_all("one");
  repo.git({"config", "uploadpack.allowFilter", "true"});
  const std::string clone = repo.directory() + "/clone";
  repo.git({"clone", "-q", "--no-checkout", "--filter=blob:none", "file://" + repo.path(), clone});
  const auto opened = Repository::open(clone);
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_TRUE(opened->is_partial_clone());
  const auto missing = read_object(*opened, oid_of(repo.rev("HEAD:file")));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  EXPECT_NE(missing.error().remedy.find("--no-filter"), std::string::npos);
}

TEST(Repository, ASparseIndexIsReadAsAWholeOne) {
  GitRepository repo;
  repo.write("a/file", "x");
  repo.write("b/deep/file", "y");
  repo.write("b/other", "z");
  repo.write("b.c", "w");
  repo.commit_all("one");
  repo.git({"sparse-checkout", "set", "--cone", "a"});
  EXPECT_EQ(read_index(Repository::open(repo.path()).value())->entries.size(), 4u);
  repo.git({"sparse-checkout", "reapply", "--sparse-index"});
  const auto opened = Repository::open(repo.path());
  const auto sparse = read_sparse_index(*opened);
  ASSERT_TRUE(sparse) << to_string(sparse.error());
  EXPECT_TRUE(sparse->is_sparse);
  EXPECT_EQ(sparse->entries.size(), 3u);
  const auto index = read_index(*opened);
  ASSERT_TRUE(index) << to_string(index.error());
  ASSERT_EQ(index->entries.size(), 4u);
  EXPECT_FALSE(index->is_sparse);
  EXPECT_EQ(index->entries[1].path, "b.c");
  EXPECT_EQ(index->entries[2].path, "b/deep/file");
  EXPECT_EQ(index->entries[2].id().hex(), repo.rev("HEAD:b/deep/file"));
}

TEST(Repository, ASplitIndexIsJoined) {
  GitRepository repo;
  for (int i = 0; i < 30; ++i) repo.write("file" + std::to_string(i), std::to_string(i));
  repo.git({"add", "-A"});
  repo.git({"config", "splitIndex.maxPercentChange", "100"});
  repo.git({"update-index", "--split-index"});
  repo.write("file3", "replaced");
  repo.write("file31", "added");
  repo.git({"add", "-A"});
  repo.git({"rm", "-q", "--cached", "file5", "file17"});
  const auto index = read_index(Repository::open(repo.path()).value());
  ASSERT_TRUE(index) << to_string(index.error());
  std::string listed;
  for (const IndexEntry& entry : index->entries)
    listed += "100644 " + entry.id().hex() + " 0\t" + std::string(entry.path) + "\n";
  EXPECT_EQ(listed, repo.git({"ls-files", "--stage"}) + "\n");
  EXPECT_FALSE(repo.git({"ls-files", "--stage"}).empty());
  for (const auto& entry : std::filesystem::directory_iterator(repo.path() + "/.git"))
    if (entry.path().filename().string().starts_with("sharedindex."))
      std::filesystem::remove(entry.path());
  EXPECT_FALSE(read_index(Repository::open(repo.path()).value()));
}

TEST(Repository, Sha256NamesAreRead) {
  GitRepository repo({"--object-format=sha256"});
  repo.write("dir/file", "x");
  repo.commit_all("one");
  repo.write("dir/other", "y");
  repo.git({"add", "-A"});
  const auto opened = Repository::open(repo.path());
  ASSERT_TRUE(opened) << to_string(opened.error());
  const Oid blob = oid_of(repo.rev("HEAD:dir/file"));
  EXPECT_EQ(blob.hex().size(), 64u);
  EXPECT_EQ(read_object(*opened, blob)->bytes(), "x");
  EXPECT_EQ(resolve(*opened, "HEAD~0:dir/file").value(), blob);
  const auto index = read_index(*opened);
  ASSERT_TRUE(index) << to_string(index.error());
  EXPECT_EQ(index->entries.size(), 2u);
  const auto changes = staged_changes(*opened);
  ASSERT_TRUE(changes) << to_string(changes.error());
  ASSERT_EQ(changes->size(), 1u);
  EXPECT_EQ(changes->front().path, "dir/other");
  EXPECT_EQ(simple::read_object(*opened, blob).error().kind, ErrorKind::unsupported);
}

TEST(Repository, AnUnknownStorageOfRefsIsUnsupported) {
  GitRepository repo;
  repo.git({"config", "core.repositoryFormatVersion", "1"});
  repo.git({"config", "extensions.refStorage", "reftable"});
  const auto opened = Repository::open(repo.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::unsupported) << to_string(opened.error());
}

TEST(Repository, BrokenConfigurationIsCorrupt) {
  GitRepository repo;
  write_whole(repo.path() + "/.git/config", "[core\nbroken");
  const auto opened = Repository::open(repo.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::corrupt) << to_string(opened.error());
}

TEST(Repository, HooksPathFollowsConfiguration) {
  GitRepository repo;
  repo.write("sub/file", "x");
  repo.git({"config", "core.hooksPath", "tools/hooks"});
  EXPECT_EQ(Repository::open(repo.path() + "/sub")->hooks_dir().value(),
            repo.path() + "/tools/hooks");
  repo.git({"config", "core.hooksPath", "~/hooks"});
  EXPECT_EQ(Repository::open(repo.path())->hooks_dir().value(),
            std::string(std::getenv("HOME")) + "/hooks");
}

TEST(Repository, OpensInSeveralThreads) {
  GitRepository repo;
  for (int i = 0; i < 20; ++i) repo.write("file" + std::to_string(i), std::to_string(i));
  repo.commit_all("one");
  std::vector<std::size_t> counts(4);
  std::vector<std::thread> threads;
  for (std::size_t& count : counts) {
    threads.emplace_back([&repo, &count] {
      const auto opened = Repository::open(repo.path());
      if (!opened) return;
      const auto objects = simple::all_objects(*opened);
      for (const Oid& id : *objects) count += read_object(*opened, id) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counts, std::vector<std::size_t>(4, 22));
}

}  // namespace
}  // namespace sluice::git
