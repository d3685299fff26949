#include "git/environment.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "git/index.h"
#include "git/object.h"
#include "git/repository.h"
#include "git/simple.h"
#include "support/git_repository.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;
using sluice::testing::ScopedVariable;
using sluice::testing::TemporaryDirectory;
using sluice::testing::write_whole;

Oid spelled(const std::string& hex) { return Oid::from_hex(hex).value(); }

TEST(Environment, PathListsMayBeQuoted) {
  EXPECT_EQ(split_path_list("/a:/b").value(), (std::vector<std::string>{"/a", "/b"}));
  EXPECT_EQ(split_path_list("\"/a:\\\"\\x\\012\":/b::").value(),
            (std::vector<std::string>{"/a:\"x\n", "/b"}));
  EXPECT_EQ(split_path_list("\"/a").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(split_path_list("\"/a\\").error().kind, ErrorKind::invalid_input);
}

TEST(Environment, KeysKeepTheCaseOfTheirMiddle) {
  EXPECT_EQ(normal_key("Remote.Origin.URL"), "remote.Origin.url");
  EXPECT_EQ(normal_key("Core.HooksPath"), "core.hookspath");
}

TEST(Environment, GitDirAndWorkTreeVariablesWin) {
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

TEST(Environment, GitDirAsHooksOfABareRepositorySeeIt) {
  GitRepository repo({"--bare"});
  const ScopedVariable git_dir("GIT_DIR", ".");
  const auto opened = Repository::open(repo.path());
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_TRUE(opened->is_bare());
  EXPECT_EQ(opened->git_dir(), repo.path());
}

TEST(Environment, GitDirOfALinkedWorktree) {
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

TEST(Environment, GitDirThatIsNoRepositoryIsAnError) {
  GitRepository repo;
  const ScopedVariable git_dir("GIT_DIR", repo.path() + "/nowhere");
  EXPECT_EQ(Repository::open(repo.path()).error().kind, ErrorKind::not_found);
}

TEST(Environment, IndexFileVariableIsHonouredAndTakenFromTheTop) {
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

TEST(Environment, QuarantinedObjectsAreSeen) {
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
    EXPECT_TRUE(has_object(*opened, spelled(blob)));
    EXPECT_TRUE(has_object(*opened, spelled(repo.head())));
    const auto all = simple::all_objects(*opened);
    ASSERT_TRUE(all);
    EXPECT_EQ(all->size(), 3u) << "blob, commit and its empty tree";
  }
  EXPECT_FALSE(has_object(Repository::open(repo.path()).value(), spelled(blob)));
}

TEST(Environment, AlternatesFileAndQuotedVariableAreFollowed) {
  GitRepository lender;
  lender.write("file", "lent");
  lender.commit_all("one");
  const Oid lent = spelled(lender.rev("HEAD:file"));
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
  EXPECT_EQ(simple::all_objects(*opened)->size(), 3u);
}

TEST(Environment, CeilingStopsTheSearch) {
  GitRepository repo;
  repo.write("a/file", "x");
  const ScopedVariable ceiling("GIT_CEILING_DIRECTORIES", repo.path());
  EXPECT_FALSE(Repository::open(repo.path() + "/a"));
}

TEST(Environment, CommonDirVariableIsRefused) {
  GitRepository repo;
  const ScopedVariable common("GIT_COMMON_DIR", repo.path() + "/.git");
  EXPECT_EQ(Repository::open(repo.path()).error().kind, ErrorKind::unsupported);
}

TEST(Environment, ConfigurationVariablesOverride) {
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

}  // namespace
}  // namespace sluice::git
