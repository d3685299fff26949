#include "git/diff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

#include "git/index.h"
#include "git/object.h"
#include "git/refs.h"
#include "git/repository.h"
#include "support/git_repository.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;
using sluice::testing::pieces;
using sluice::testing::run_process;
using sluice::testing::ScopedVariable;

// Forty lines, so that an edited file is still recognised as renamed.
std::string long_text(const std::string& extra = {}) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "line " + std::to_string(i) + " of some length\n";
  return text + extra;
}

std::map<std::string, Change> staged(const std::string& dir) {
  const auto opened = Repository::open(dir);
  auto changes = staged_changes(*opened);
  EXPECT_TRUE(changes) << to_string(changes.error());
  find_renames(*opened, *changes);
  std::map<std::string, Change> by_path;
  for (const Change& change : *changes)
    by_path[change.path + (change.stage > 0 ? "#" + std::to_string(change.stage) : "")] = change;
  return by_path;
}

TEST(StagedChanges, OfEveryKind) {
  GitRepository repo;
  repo.write("edited", "a\n");
  repo.write("removed", "b\n");
  repo.write("moved", long_text());
  std::filesystem::create_symlink("edited", repo.path() + "/link");
  repo.commit_all("one");
  repo.write("edited", "a\nmore\n");
  repo.git({"rm", "-q", "removed"});
  repo.remove("link");
  repo.write("link", "now a file\n");
  repo.remove("moved");
  repo.write("dir/moved-and-edited", long_text("one more\n"));
  repo.write("added", "c\n");
  repo.git({"add", "-A"});
  repo.write("intended", "not staged\n");
  repo.git({"add", "-N", "intended"});
  repo.git({"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",sub"});
  repo.write("edited", "unstaged\n");
  for (const std::string& dir : {repo.path(), repo.path() + "/dir"}) {
    const auto changes = staged(dir);
    ASSERT_EQ(changes.size(), 7u);
    EXPECT_EQ(changes.at("edited").status, ChangeStatus::modified);
    EXPECT_EQ(changes.at("edited").new_id.hex(), repo.rev(":edited"));
    EXPECT_EQ(changes.at("edited").old_id.hex(), repo.rev("HEAD:edited"));
    EXPECT_EQ(changes.at("removed").status, ChangeStatus::deleted);
    EXPECT_TRUE(changes.at("removed").new_id.is_zero());
    EXPECT_EQ(changes.at("link").status, ChangeStatus::type_changed);
    EXPECT_EQ(changes.at("link").old_mode, 0120000u);
    EXPECT_EQ(changes.at("link").new_mode, 0100644u);
    const Change& renamed = changes.at("dir/moved-and-edited");
    EXPECT_EQ(renamed.status, ChangeStatus::renamed);
    EXPECT_EQ(renamed.old_path, "moved");
    EXPECT_EQ(renamed.old_id.hex(), repo.rev("HEAD:moved"));
    EXPECT_EQ(changes.at("added").status, ChangeStatus::added);
    EXPECT_TRUE(changes.at("intended").intent_to_add);
    EXPECT_TRUE(changes.at("intended").new_id.is_zero());
    EXPECT_TRUE(changes.at("sub").submodule);
  }
}

TEST(StagedChanges, OfTheFirstCommit) {
  GitRepository repo;
  repo.write("a", "x");
  repo.write("b/c", "y");
  repo.git({"add", "-A"});
  const auto changes = staged(repo.path());
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes.at("b/c").status, ChangeStatus::added);
  EXPECT_EQ(changes.at("b/c").new_id.hex(), repo.rev(":b/c"));
}

TEST(StagedChanges, OfNothingAreNone) {
  GitRepository repo;
  EXPECT_TRUE(staged(repo.path()).empty());
  repo.write("a", "x");
  repo.commit_all("one");
  repo.write("a", "unstaged");
  EXPECT_TRUE(staged(repo.path()).empty());
}

TEST(StagedChanges, OfUnmergedPathsGiveEverySide) {
  GitRepository repo;
  repo.write("file", "base\n");
  repo.commit_all("base");
  repo.git({"checkout", "-q", "-b", "side"});
  repo.write("file", "theirs\n");
  repo.commit_all("theirs");
  repo.git({"checkout", "-q", "main"});
  repo.write("file", "ours\n");
  repo.commit_all("ours");
  EXPECT_NE(repo.try_git({"merge", "-q", "side"}).status, 0);
  const auto changes = staged(repo.path());
  ASSERT_EQ(changes.size(), 3u);
  for (int stage = 1; stage <= 3; ++stage) {
    const std::string number = std::to_string(stage);
    const Change& side = changes.at("file#" + number);
    EXPECT_EQ(side.status, ChangeStatus::unmerged);
    EXPECT_EQ(side.new_id.hex(), repo.rev(":" + number + ":file"));
  }
  EXPECT_TRUE(read_index(Repository::open(repo.path()).value())->has_conflicts);
}

TEST(StagedChanges, FollowTheIndexFileOfAPartialCommit) {
  GitRepository repo;
  repo.write("a", "x");
  repo.write("b", "y");
  repo.commit_all("one");
  repo.write("a", "xx");
  repo.write("b", "yy");
  repo.git({"add", "a"});
  const std::string hook = repo.path() + "/.git/hooks/pre-commit";
  repo.write(".git/hooks/pre-commit",
             "#!/bin/sh\nprintf %s \"$GIT_INDEX_FILE\" > seen\ncp "
             "\"$GIT_INDEX_FILE\" index-copy\n");
  std::filesystem::permissions(hook, std::filesystem::perms::all);
  repo.git({"commit", "-q", "-m", "two", "b"});
  ASSERT_FALSE(repo.read("seen").empty());
  repo.git({"reset", "-q", "--soft", "HEAD~1"});
  const ScopedVariable index("GIT_INDEX_FILE", "index-copy");
  const auto changes = staged(repo.path());
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes.begin()->first, "b");
}

TEST(StagedChanges, AreNotNarrowedByConfiguration) {
  GitRepository repo;
  repo.write("moved", long_text());
  repo.write(".gitattributes", "* -diff\n");
  repo.commit_all("one");
  repo.git({"config", "diff.renames", "false"});
  repo.git({"config", "diff.noprefix", "true"});
  repo.git({"config", "diff.ignoreSubmodules", "all"});
  repo.git({"mv", "moved", "renamed"});
  repo.write("renamed", long_text("edit\n"));
  repo.git({"add", "-A"});
  repo.git({"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",sub"});
  const auto changes = staged(repo.path());
  EXPECT_EQ(changes.at("renamed").status, ChangeStatus::renamed);
  EXPECT_TRUE(changes.contains("sub"));
}

TEST(StagedChanges, OddNamesStayBytes) {
  GitRepository repo;
  const std::string name = "a\n\"b\xff [*]";
  repo.write(name, "x");
  repo.git({"add", "-A"});
  EXPECT_TRUE(staged(repo.path()).contains(name));
}

TEST(StagedChanges, MissingHeadIsAnError) {
  GitRepository repo;
  const std::string head = repo.commit("one");
  repo.remove(".git/objects/" + head.substr(0, 2) + "/" + head.substr(2));
  EXPECT_FALSE(staged_changes(Repository::open(repo.path()).value()));
}

TEST(TreeChanges, EqualDiffTree) {
  GitRepository repo;
  repo.write("kept", "k");
  repo.write("edited", "a");
  repo.write("moved", long_text());
  repo.commit_all("one");
  repo.write("edited", "b");
  repo.git({"mv", "moved", "renamed"});
  repo.write("added", "c");
  repo.commit_all("two");
  const auto opened = Repository::open(repo.path());
  const Oid before = resolve(*opened, "HEAD~1^{tree}").value();
  const Oid after = resolve(*opened, "HEAD^{tree}").value();
  const auto changes = tree_changes(*opened, before, after);
  ASSERT_TRUE(changes);
  ASSERT_EQ(changes->size(), 3u);
  EXPECT_EQ((*changes)[0].path, "added");
  EXPECT_EQ((*changes)[1].path, "edited");
  EXPECT_EQ((*changes)[2].path, "renamed");
  EXPECT_EQ((*changes)[2].old_path, "moved");
  EXPECT_EQ(tree_changes(*opened, std::nullopt, after)->size(), 4u);
  EXPECT_TRUE(tree_changes(*opened, after, after)->empty());
  const Oid absent = Oid::from_hex(std::string(40, '1')).value();
  EXPECT_EQ(tree_changes(*opened, before, absent).error().kind, ErrorKind::not_found);
}

TEST(Index, FlagsAreRead) {
  GitRepository repo;
  repo.write("a", "x");
  repo.write("b", "y");
  repo.write("c", "z");
  repo.git({"add", "a", "b"});
  repo.git({"add", "-N", "c"});
  repo.git({"update-index", "--assume-unchanged", "a"});
  repo.git({"update-index", "--skip-worktree", "b"});
  const auto index = read_index(Repository::open(repo.path()).value());
  ASSERT_TRUE(index);
  ASSERT_EQ(index->entries.size(), 3u);
  EXPECT_TRUE(index->entries[0].assume_unchanged);
  EXPECT_FALSE(index->entries[0].skip_worktree);
  EXPECT_TRUE(index->entries[1].skip_worktree);
  EXPECT_TRUE(index->entries[2].intent_to_add);
  EXPECT_EQ(index->entries[0].id().hex(), repo.rev(":a"));
  EXPECT_EQ(index->entries[0].mode, 0100644u);
}

TEST(Index, DamageIsCorrupt) {
  GitRepository repo;
  repo.write("a", "x");
  repo.git({"add", "a"});
  std::string bytes = repo.read(".git/index");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  repo.write(".git/index", bytes);
  const auto index = read_index(Repository::open(repo.path()).value());
  ASSERT_FALSE(index);
  EXPECT_EQ(index.error().kind, ErrorKind::corrupt) << to_string(index.error());
  repo.write(".git/index", "short");
  EXPECT_FALSE(read_index(Repository::open(repo.path()).value()));
}

using Ranges = std::vector<LineRange>;

TEST(AddedLines, SimpleCases) {
  EXPECT_EQ(added_lines("", "a\nb\n"), (Ranges{{1, 2}}));
  EXPECT_EQ(added_lines("", "a\nb"), (Ranges{{1, 2}}));
  EXPECT_EQ(added_lines("", ""), Ranges{});
  EXPECT_EQ(added_lines("a\n", ""), Ranges{});
  EXPECT_EQ(added_lines("a\nb\n", "a\nb\n"), Ranges{});
  EXPECT_EQ(added_lines("a\nb\nc\n", "a\nX\nc\n"), (Ranges{{2, 2}}));
  EXPECT_EQ(added_lines("a\nc\n", "a\nb\nc\nd\n"), (Ranges{{2, 2}, {4, 4}}));
  EXPECT_EQ(added_lines("a\nb", "a\nb\n"), (Ranges{{2, 2}}));
  EXPECT_EQ(added_lines("a\n  b\n", "a\nb\n"), (Ranges{{2, 2}}));
}

TEST(AddedLines, BinaryIsText) {
  const std::string old_bytes("\0\1\n\2\n", 5), new_bytes("\0\1\n\3\n\2\n", 7);
  EXPECT_EQ(added_lines(old_bytes, new_bytes), (Ranges{{2, 2}}));
}

// Whatever the ranges are, the lines outside them must all come from the old text, in order.
TEST(AddedLines, LeaveOnlyOldLinesOutside) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> old_lines, new_lines;
    for (int i = 0; i < 30; ++i) old_lines.push_back(std::to_string(random() % 8) + "\n");
    for (const std::string& line : old_lines) {
      if (random() % 5 == 0) new_lines.push_back("new " + std::to_string(random() % 8) + "\n");
      if (random() % 5 != 0) new_lines.push_back(line);
    }
    std::string old_text, new_text;
    for (const std::string& line : old_lines) old_text += line;
    for (const std::string& line : new_lines) new_text += line;
    const auto ranges = added_lines(old_text, new_text);
    std::size_t at = 0, last = 0;
    for (std::size_t i = 1; i <= new_lines.size(); ++i) {
      const bool added = std::any_of(ranges.begin(), ranges.end(), [&](const LineRange& range) {
        return range.first <= i && i <= range.last;
      });
      if (added) continue;
      while (at < old_lines.size() && old_lines[at] != new_lines[i - 1]) ++at;
      ASSERT_LT(at++, old_lines.size()) << "line " << i << " is new but not reported";
    }
    for (const LineRange& range : ranges) {
      EXPECT_GT(range.first, last);
      EXPECT_LE(range.first, range.last);
      last = range.last;
    }
  }
}

TEST(AddedLines, HugeTextsCountAsNewThroughout) {
  std::string big(std::size_t{65} << 20, 'x');
  big += "\nlast";
  EXPECT_EQ(added_lines("x\n", big), (Ranges{{1, 2}}));
}

}  // namespace
}  // namespace sluice::git
