#include "git/object.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "git/repository.h"
#include "git/simple.h"
#include "support/git_repository.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;
using sluice::testing::pieces;

Oid id_of(const std::string& hex) { return Oid::from_hex(hex).value(); }

std::string loose_path(const std::string& hex) {
  return ".git/objects/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

TEST(Oid, HexRoundTripAndOrder) {
  const std::string hex = "0123456789abcdef0123456789ABCDEF01234567";
  const auto id = Oid::from_hex(hex);
  ASSERT_TRUE(id);
  EXPECT_EQ(id->hex(), "0123456789abcdef0123456789abcdef01234567");
  EXPECT_FALSE(Oid::from_hex(hex.substr(1)));
  EXPECT_FALSE(Oid::from_hex("g" + hex.substr(1)));
  EXPECT_TRUE(Oid{}.is_zero());
  EXPECT_FALSE(id->is_zero());
  EXPECT_LT(Oid{}, *id);
}

TEST(Object, EveryKindIsReadLooseAndPacked) {
  GitRepository repo;
  repo.write("file", "content\n");
  repo.commit_all("one");
  repo.git({"tag", "-a", "-m", "release", "v1"});
  for (int packed = 0; packed < 2; ++packed) {
    const auto opened = Repository::open(repo.path());
    const auto kind = [&](const std::string& spec) {
      return read_object(*opened, id_of(repo.rev(spec)))->kind();
    };
    EXPECT_EQ(kind("v1"), ObjectKind::tag);
    EXPECT_EQ(kind("HEAD"), ObjectKind::commit);
    EXPECT_EQ(kind("HEAD^{tree}"), ObjectKind::tree);
    const Oid blob = id_of(repo.rev("HEAD:file"));
    EXPECT_EQ(read_object(*opened, blob)->bytes(), "content\n");
    const auto header = read_header(*opened, blob);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->kind, ObjectKind::blob);
    EXPECT_EQ(header->size, 8u);
    EXPECT_EQ(read_object(*opened, blob, ObjectKind::tree).error().kind, ErrorKind::corrupt);
    repo.git({"gc", "-q"});
  }
}

TEST(Object, MayOutliveItsRepository) {
  GitRepository repo;
  repo.write("file", "content");
  repo.commit_all("one");
  const Object object = [&] {
    const auto opened = Repository::open(repo.path());
    return read_object(*opened, id_of(repo.rev("HEAD:file"))).value();
  }();
  EXPECT_EQ(object.bytes(), "content");
}

TEST(Object, MissingIsNotFound) {
  GitRepository repo;
  const auto opened = Repository::open(repo.path());
  const auto missing = read_object(*opened, id_of(std::string(40, '1')));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  EXPECT_EQ(missing.error().where, std::string(40, '1'));
  EXPECT_EQ(read_header(*opened, id_of(std::string(40, '1'))).error().kind, ErrorKind::not_found);
  EXPECT_FALSE(has_object(*opened, id_of(std::string(40, '1'))));
}

TEST(Object, DamagedLooseBytesAreCorrupt) {
  GitRepository repo;
  const std::string blob = repo.git({"hash-object", "-w", "--stdin"}, std::string(5000, 'x'));
  const std::string path = loose_path(blob);
  std::string bytes = repo.read(path);
  repo.remove(path);
  for (const std::string& damaged :
       {std::string(), bytes.substr(0, bytes.size() / 2), "no zlib stream" + bytes}) {
    repo.remove(path);
    repo.write(path, damaged);
    const auto opened = Repository::open(repo.path());
    const auto object = read_object(*opened, id_of(blob));
    ASSERT_FALSE(object) << damaged.size();
    EXPECT_EQ(object.error().kind, ErrorKind::corrupt) << to_string(object.error());
  }
}

TEST(Object, ContentThatBeliesItsNameIsCorrupt) {
  GitRepository repo;
  const std::string one = repo.git({"hash-object", "-w", "--stdin"}, "one");
  const std::string two = repo.git({"hash-object", "-w", "--stdin"}, "two");
  const std::string swapped = repo.read(loose_path(two));
  repo.remove(loose_path(one));
  repo.write(loose_path(one), swapped);
  const auto object = read_object(Repository::open(repo.path()).value(), id_of(one));
  ASSERT_FALSE(object);
  EXPECT_EQ(object.error().kind, ErrorKind::corrupt) << to_string(object.error());
}

TEST(Object, DamagedPackIsCorrupt) {
  GitRepository repo;
  repo.write("file", std::string(3000, 'y') + "end");
  repo.commit_all("one");
  repo.git({"gc", "-q"});
  const Oid blob = id_of(repo.rev("HEAD:file"));
  for (const auto& entry :
       std::filesystem::directory_iterator(repo.path() + "/.git/objects/pack")) {
    if (entry.path().extension() != ".pack") continue;
    const std::string name = entry.path().lexically_relative(repo.path());
    std::string bytes = repo.read(name);
    for (std::size_t i = 14; i + 24 < bytes.size(); ++i) bytes[i] = '\0';
    repo.remove(name);
    repo.write(name, bytes);
  }
  const auto object = read_object(Repository::open(repo.path()).value(), blob);
  ASSERT_FALSE(object);
  EXPECT_EQ(object.error().kind, ErrorKind::corrupt) << to_string(object.error());
}

TEST(Object, AllOfThemAreListedOnce) {
  GitRepository lender;
  lender.write("lent", "lent");
  lender.commit_all("lent");
  GitRepository repo;
  repo.write("packed", "packed");
  repo.commit_all("one");
  repo.git({"repack", "-q", "-a", "-d"});
  repo.git({"hash-object", "-w", "--stdin"}, "dangling");
  repo.git({"hash-object", "-w", "--stdin"}, "lent");  // both here and in the alternate
  repo.write(".git/objects/info/alternates", lender.path() + "/.git/objects\n");
  const auto listed = simple::all_objects(Repository::open(repo.path()).value());
  ASSERT_TRUE(listed);
  std::set<std::string> found, expected;
  for (const Oid& id : *listed) found.insert(id.hex());
  EXPECT_EQ(found.size(), listed->size());
  for (const std::string& line :
       pieces(repo.git({"cat-file", "--batch-all-objects", "--batch-check=%(objectname)"})))
    expected.insert(line);
  EXPECT_EQ(found, expected);
}

TEST(Object, ListingCanStopEarly) {
  GitRepository repo;
  repo.write("file", "x");
  repo.commit_all("one");
  int seen = 0;
  EXPECT_TRUE(simple::for_each_object(Repository::open(repo.path()).value(),
                              [&](const Oid&) { return ++seen < 2; }));
  EXPECT_EQ(seen, 2);
}

TEST(Object, ForbiddenFolderIsNeverPassedOver) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to become somebody who may not read";
  GitRepository repo;
  const std::string blob = repo.git({"hash-object", "-w", "--stdin"}, "hidden");
  repo.git({"config", "--global", "--add", "safe.directory", repo.path()});
  ::chmod(repo.directory().c_str(), 0755);
  ::chmod(std::getenv("HOME"), 0755);
  ::chmod((repo.path() + "/.git/objects/" + blob.substr(0, 2)).c_str(), 0700);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setuid(65534) != 0) ::_exit(3);
    const auto opened = Repository::open(repo.path());
    if (!opened) {
      ADD_FAILURE() << to_string(opened.error());
      ::_exit(4);
    }
    ::_exit(simple::all_objects(*opened) ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0) << "1: listed without an error";
  repo.git({"config", "--global", "--unset-all", "safe.directory"});
}

}  // namespace
}  // namespace sluice::git
