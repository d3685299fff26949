#include "git/repository.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "git/index.h"
#include "git/object.h"
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

TEST(Repository, GitDirAndWorkTreeVariablesWin) {
  GitRepository repo;
  repo.write("file", "x");
  repo.commit_all("one");
  const TemporaryDirectory elsewhere;
  const ScopedVariable git_dir("GIT_DIR", repo.path() + "/.git");
  const auto from_elsewhere = Repository::open(elsewhere.path());
  ASSERT_TRUE(from_elsewhere) << to_string(from_elsewhere.error());
  EXPECT_EQ(from_elsewhere->git_dir(), repo.path() + "/.git");
  EXPECT_EQ(from_elsewhere->work_tree(), elsewhere.path()) << "as git rev-parse --show-toplevel";
  const ScopedVariable work_tree("GIT_WORK_TREE", repo.path());
  const auto with_tree = Repository::open(elsewhere.path());
  ASSERT_TRUE(with_tree);
  EXPECT_EQ(with_tree->work_tree(), repo.path());
}

TEST(Repository, GitDirAsHooksOfABareRepositorySeeIt) {
  GitRepository repo({"--bare"});
  const ScopedVariable git_dir("GIT_DIR", ".");
  const auto opened = Repository::open(repo.path());
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_TRUE(opened->is_bare());
  EXPECT_EQ(opened->git_dir(), repo.path());
}

TEST(Repository, GitDirOfALinkedWorktree) {
  GitRepository repo;
  repo.commit("one");
  const std::string side = repo.directory() + "/side";
  repo.git({"worktree", "add", "-q", side});
  const ScopedVariable git_dir("GIT_DIR", repo.path() + "/.git/worktrees/side");
  const auto opened = Repository::open(side);
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(opened->work_tree(), side);
  EXPECT_EQ(opened->common_dir(), repo.path() + "/.git");
}

TEST(Repository, GitDirThatIsNoRepositoryIsAnError) {
  GitRepository repo;
  const ScopedVariable git_dir("GIT_DIR", repo.path() + "/nowhere");
  EXPECT_EQ(Repository::open(repo.path()).error().kind, ErrorKind::not_found);
}

TEST(Repository, IndexFileVariableIsHonouredAndTakenFromTheTop) {
  GitRepository repo;
  repo.write("dir/file", "x");
  repo.commit_all("one");
  repo.write("partial", "y");
  {
    const ScopedVariable index_file("GIT_INDEX_FILE", "other-index");
    repo.git({"add", "partial"});
    const auto opened = Repository::open(repo.path() + "/dir");
    ASSERT_TRUE(opened);
    const auto index = read_index(*opened);
    ASSERT_TRUE(index);
    ASSERT_EQ(index->entries.size(), 1u);
    EXPECT_EQ(index->entries[0].path, "partial");
  }
  const auto index = read_index(Repository::open(repo.path()).value());
  ASSERT_TRUE(index);
  ASSERT_EQ(index->entries.size(), 1u);
  EXPECT_EQ(index->entries[0].path, "dir/file");
}

TEST(Repository, QuarantinedObjectsAreSeen) {
  GitRepository repo;
  repo.commit("one");
  const TemporaryDirectory quarantine;
  const std::string main_objects = repo.path() + "/.git/objects";
  std::string blob;
  {
    const ScopedVariable objects("GIT_OBJECT_DIRECTORY", quarantine.path());
    const ScopedVariable alternates("GIT_ALTERNATE_OBJECT_DIRECTORIES", main_objects);
    const ScopedVariable path("GIT_QUARANTINE_PATH", quarantine.path());
    blob = repo.git({"hash-object", "-w", "--stdin"}, "in quarantine");
    const auto opened = Repository::open(repo.path());
    ASSERT_TRUE(opened) << to_string(opened.error());
    EXPECT_TRUE(has_object(*opened, oid_of(blob)));
    EXPECT_TRUE(has_object(*opened, oid_of(repo.head())));
    const auto all = all_objects(*opened);
    ASSERT_TRUE(all);
    EXPECT_EQ(all->size(), 3u) << "blob, commit and its empty tree";
  }
  EXPECT_FALSE(has_object(Repository::open(repo.path()).value(), oid_of(blob)));
}

TEST(Repository, AlternatesFileAndQuotedVariableAreFollowed) {
  GitRepository lender;
  lender.write("file", "lent");
  lender.commit_all("one");
  const Oid lent = oid_of(lender.rev("HEAD:file"));
  GitRepository borrower;
  EXPECT_FALSE(has_object(Repository::open(borrower.path()).value(), lent));
  {
    const std::string odd = borrower.directory() + "/with:colon";
    std::filesystem::create_directory_symlink(lender.path() + "/.git/objects", odd);
    const ScopedVariable alternates("GIT_ALTERNATE_OBJECT_DIRECTORIES", "\"" + odd + "\"");
    EXPECT_TRUE(has_object(Repository::open(borrower.path()).value(), lent));
  }
  write_whole(borrower.path() + "/.git/objects/info/alternates", lender.path() + "/.git/objects\n");
  const auto opened = Repository::open(borrower.path());
  ASSERT_TRUE(opened);
  EXPECT_EQ(read_object(*opened, lent)->bytes(), "lent");
  EXPECT_EQ(all_objects(*opened)->size(), 3u);
}

TEST(Repository, CeilingStopsTheSearch) {
  GitRepository repo;
  repo.write("a/file", "x");
  const ScopedVariable ceiling("GIT_CEILING_DIRECTORIES", repo.path());
  EXPECT_FALSE(Repository::open(repo.path() + "/a"));
}

TEST(Repository, CommonDirVariableIsRefused) {
  GitRepository repo;
  const ScopedVariable common("GIT_COMMON_DIR", repo.path() + "/.git");
  EXPECT_EQ(Repository::open(repo.path()).error().kind, ErrorKind::unsupported);
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

TEST(Repository, SparseCheckoutOpensAndASparseIndexIsNamed) {
  GitRepository repo;
  repo.write("a/file", "x");
  repo.write("b/file", "y");
  repo.commit_all("one");
  repo.git({"sparse-checkout", "set", "--cone", "a"});
  const auto opened = Repository::open(repo.path());
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(read_index(*opened)->entries.size(), 2u);
  repo.git({"sparse-checkout", "reapply", "--sparse-index"});
  const auto index = read_index(Repository::open(repo.path()).value());
  ASSERT_FALSE(index);
  EXPECT_EQ(index.error().kind, ErrorKind::unsupported) << to_string(index.error());
  EXPECT_NE(index.error().remedy.find("--no-sparse-index"), std::string::npos);
}

TEST(Repository, SplitIndexIsNamed) {
  GitRepository repo;
  repo.write("file", "x");
  repo.git({"add", "-A"});
  repo.git({"update-index", "--split-index"});
  const auto index = read_index(Repository::open(repo.path()).value());
  ASSERT_FALSE(index);
  EXPECT_EQ(index.error().kind, ErrorKind::unsupported) << to_string(index.error());
}

TEST(Repository, Sha256NamesAreUnsupported) {
  GitRepository repo({"--object-format=sha256"});
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

TEST(Repository, ConfigurationVariablesOverride) {
  GitRepository repo;
  repo.git({"config", "some.key", "from file"});
  const TemporaryDirectory other;
  write_whole(other.path() + "/global", "[only]\n\there = yes\n[core]\n\tflag\n");
  const ScopedVariable global("GIT_CONFIG_GLOBAL", other.path() + "/global");
  EXPECT_EQ(Repository::open(repo.path())->config_string("some.key").value(), "from file");
  EXPECT_EQ(Repository::open(repo.path())->config_string("only.here").value(), "yes");
  EXPECT_EQ(Repository::open(repo.path())->config_string("un.set").value(), std::nullopt);
  EXPECT_EQ(Repository::open(repo.path())->config_string("user.name").value(), std::nullopt);
  EXPECT_TRUE(Repository::open(repo.path())->config_bool("only.here", false).value());
  EXPECT_EQ(Repository::open(repo.path())->config_bool("some.key", false).error().kind,
            ErrorKind::corrupt);
  const ScopedVariable count("GIT_CONFIG_COUNT", "1");
  const ScopedVariable key("GIT_CONFIG_KEY_0", "SOME.Key");
  EXPECT_EQ(Repository::open(repo.path()).error().kind, ErrorKind::invalid_input);
  const ScopedVariable value("GIT_CONFIG_VALUE_0", "from variable");
  EXPECT_EQ(Repository::open(repo.path())->config_string("some.key").value(), "from variable");
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
      const auto objects = all_objects(*opened);
      for (const Oid& id : *objects) count += read_object(*opened, id) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counts, std::vector<std::size_t>(4, 22));
}

}  // namespace
}  // namespace sluice::git
