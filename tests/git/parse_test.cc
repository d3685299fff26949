#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "git/commit.h"
#include "git/object.h"
#include "git/repository.h"
#include "git/tree.h"
#include "support/git_repository.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;
using sluice::testing::pieces;

Oid named(const std::string& hex) { return Oid::from_hex(hex).value(); }

TEST(Tree, EqualsLsTree) {
  GitRepository repo;
  repo.write("dir/file", "x");
  repo.write("odd\nname\xff", "y");
  repo.write("script", "z");
  std::filesystem::create_symlink("script", repo.path() + "/link");
  repo.git({"add", "-A"});
  repo.git({"update-index", "--chmod=+x", "script"});
  repo.git({"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",sub"});
  repo.commit("one");
  const auto opened = Repository::open(repo.path());
  const Object tree = read_object(*opened, named(repo.rev("HEAD^{tree}"))).value();
  const auto entries = parse_tree(tree.bytes());
  ASSERT_TRUE(entries);
  const auto expected = pieces(repo.git({"ls-tree", "-z", "HEAD"}), '\0');
  ASSERT_EQ(entries->size(), expected.size());
  std::set<FileKind> kinds;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const TreeEntry& entry = (*entries)[i];
    kinds.insert(entry.kind());
    EXPECT_EQ(std::stoul(expected[i].substr(0, 6), nullptr, 8), entry.mode);
    EXPECT_NE(expected[i].find(entry.id.hex() + "\t" + std::string(entry.name)), std::string::npos);
  }
  EXPECT_EQ(kinds, (std::set<FileKind>{FileKind::tree, FileKind::file, FileKind::symlink,
                                       FileKind::submodule}));
}

TEST(Tree, MalformedOnesAreCorrupt) {
  const std::string id(20, 'i');
  EXPECT_TRUE(parse_tree(""));
  EXPECT_TRUE(parse_tree(std::string("100644 a") + '\0' + id));
  for (const std::string& bytes :
       {std::string("100644 a"), std::string("100644 a") + '\0' + id.substr(1),
        std::string("100648 a") + '\0' + id, std::string(" a") + '\0' + id,
        std::string("100644 ") + '\0' + id, std::string("100644 a/b") + '\0' + id,
        std::string("100644"), std::string("12345678901 a") + '\0' + id}) {
    const auto entries = parse_tree(bytes);
    ASSERT_FALSE(entries) << bytes;
    EXPECT_EQ(entries.error().kind, ErrorKind::corrupt);
  }
}

TEST(Commit, EqualsGitLog) {
  GitRepository repo;
  repo.commit("first");
  repo.git({"checkout", "-q", "-b", "side"});
  repo.commit("side");
  repo.git({"checkout", "-q", "main"});
  repo.git({"-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "--allow-empty", "-m",
            "subject \xe9\n\nbody line"});
  repo.git({"merge", "-q", "--no-edit", "side"});
  const auto opened = Repository::open(repo.path());
  for (const std::string spec : {"HEAD", "HEAD~1", "HEAD~2"}) {
    const Object object = read_object(*opened, named(repo.rev(spec))).value();
    const auto commit = parse_commit(object.bytes());
    ASSERT_TRUE(commit);
    std::string parents;
    for (const Oid& parent : commit->parents)
      parents += (parents.empty() ? "" : " ") + parent.hex();
    const std::string summary =
        commit->tree.hex() + "|" + parents + "|" + std::string(commit->author.name) + "|" +
        std::string(commit->author.email) + "|" + commit->author.iso_date() + "|" +
        commit->committer.iso_date() + "|" + std::string(commit->encoding);
    EXPECT_EQ(summary, repo.git({"log", "-1", "--format=%T|%P|%an|%ae|%aI|%cI|%e", spec}));
    EXPECT_EQ(object.bytes().substr(commit->message_offset), commit->message);
  }
  const Object odd = read_object(*opened, named(repo.rev("HEAD~1"))).value();
  EXPECT_EQ(parse_commit(odd.bytes())->message, "subject \xe9\n\nbody line\n");
}

std::string commit_with_author(const std::string& author) {
  return "tree " + std::string(40, 'a') + "\nauthor " + author +
         "\ncommitter C <c@example.com> 1 +0000\n\nmessage";
}

TEST(Commit, OddSignaturesAreReadAsFarAsTheyGo) {
  const auto author = [](const std::string& text, std::string& storage) {
    storage = commit_with_author(text);
    return parse_commit(storage)->author;
  };
  std::string storage;
  EXPECT_EQ(author("A <a@example.com> 1700000000 -0330", storage).iso_date(),
            "2023-11-14T18:43:20-03:30");
  EXPECT_EQ(author("A <a@example.com> -1 +0000", storage).iso_date(), "1969-12-31T23:59:59+00:00");
  EXPECT_EQ(author("A <a@example.com> 951782400 +0000", storage).iso_date(),
            "2000-02-29T00:00:00+00:00");
  EXPECT_EQ(author("A <a <b>@example.com>> 5 +0000", storage).seconds, 5);
  EXPECT_EQ(author("no address", storage).name, "no address");
  EXPECT_FALSE(author("no address", storage).has_time);
  EXPECT_EQ(author("A <a@example.com>", storage).iso_date(), "");
  EXPECT_EQ(author("A <a@example.com> 99999999999999999999 +0000", storage).iso_date(), "");
  EXPECT_EQ(author("A <a@example.com> 9223372036854775807 +9959", storage).iso_date(), "");
  EXPECT_EQ(author("A <a@example.com> 5 nonsense", storage).iso_date(),
            "1970-01-01T00:00:05+00:00");
  EXPECT_EQ(author("", storage).name, "");
}

TEST(Commit, SignatureBlocksDoNotEndTheHeader) {
  const std::string bytes = "tree " + std::string(40, 'a') +
                            "\nauthor A <a@example.com> 1 +0000\ngpgsig -----BEGIN\n \n more\n"
                            " -----END\nencoding X\n\nthe message\n";
  const auto commit = parse_commit(bytes);
  ASSERT_TRUE(commit);
  EXPECT_EQ(commit->encoding, "X");
  EXPECT_EQ(commit->message, "the message\n");
}

TEST(Commit, MalformedOnesAreCorrupt) {
  for (const std::string& bytes :
       {std::string(), std::string("tree x\n"), "parent " + std::string(40, 'a') + "\n",
        "tree " + std::string(40, 'a') + "\nparent short\n"}) {
    EXPECT_EQ(parse_commit(bytes).error().kind, ErrorKind::corrupt) << bytes;
  }
}

TEST(Tag, IsReadAndMalformedOnesAreCorrupt) {
  GitRepository repo;
  repo.commit("one");
  repo.git({"tag", "-a", "-m", "the release\n\nwith a body", "v1"});
  const auto opened = Repository::open(repo.path());
  const Object object = read_object(*opened, named(repo.rev("v1"))).value();
  const auto tag = parse_tag(object.bytes());
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->target.hex(), repo.head());
  EXPECT_EQ(tag->target_kind, ObjectKind::commit);
  EXPECT_EQ(tag->name, "v1");
  EXPECT_EQ(tag->tagger.email, "author@example.com");
  EXPECT_EQ(tag->message, "the release\n\nwith a body\n");
  const std::string target = "object " + std::string(40, 'a') + "\n";
  EXPECT_TRUE(parse_tag(target + "type tree\ntag old\n"));
  for (const std::string& bytes :
       {std::string(), target, target + "type what\ntag x\n", target + "type blob\n"})
    EXPECT_EQ(parse_tag(bytes).error().kind, ErrorKind::corrupt) << bytes;
}

}  // namespace
}  // namespace sluice::git
