#include "git/walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <unordered_map>

#include "git/commit.h"
#include "git/object.h"
#include "git/refs.h"
#include "git/repository.h"
#include "support/git_repository.h"
#include "support/random_history.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;
using sluice::testing::pieces;
using sluice::testing::random_history;
using sluice::testing::Times;

std::vector<Oid> oids_of(const std::vector<std::string>& names) {
  std::vector<Oid> oids;
  for (const std::string& name : names) oids.push_back(Oid::from_hex(name).value());
  return oids;
}

std::vector<Oid> sorted(std::vector<Oid> oids) {
  std::sort(oids.begin(), oids.end());
  return oids;
}

void expect_parents_first(const Repository& repository, const std::vector<Oid>& order) {
  std::unordered_map<Oid, std::size_t> place;
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (const Oid& id : order) {
    const Object object = read_object(repository, id).value();
    const Commit commit = parse_commit(object.bytes()).value();
    for (const Oid& parent : commit.parents) {
      if (place.contains(parent)) {
        EXPECT_LT(place[parent], place[id]);
      }
    }
  }
}

TEST(Walk, EqualsRevListOnRandomHistories) {
  std::mt19937 random(7);
  for (int round = 0; round < 4; ++round) {
    GitRepository repo;
    repo.git({"fast-import", "--quiet"}, random_history(random, 60, Times::rising));
    const auto opened = Repository::open(repo.path());
    for (int i = 0; i < 12; ++i) {
      const auto pick = [&] { return "c" + std::to_string(1 + random() % 60); };
      const std::string a = pick(), b = pick(), x = pick(), y = pick();
      const auto expected = oids_of(pieces(repo.git({"rev-list", a, b, "^" + x, "^" + y})));
      const auto found =
          commits(*opened, {resolve(*opened, a).value(), resolve(*opened, b).value()},
                  {resolve(*opened, x).value(), resolve(*opened, y).value()});
      ASSERT_TRUE(found) << to_string(found.error());
      EXPECT_EQ(sorted(*found), sorted(expected)) << a << " " << b << " ^" << x << " ^" << y;
      expect_parents_first(*opened, *found);
    }
  }
}

TEST(Walk, NeverLeavesACommitOutWhenTimesLie) {
  std::mt19937 random(11);
  for (int round = 0; round < 3; ++round) {
    GitRepository repo;
    repo.git({"fast-import", "--quiet"}, random_history(random, 60, Times::skewed));
    const auto opened = Repository::open(repo.path());
    for (int i = 0; i < 8; ++i) {
      const std::string a = "c" + std::to_string(1 + random() % 60);
      const std::string x = "c" + std::to_string(1 + random() % 60);
      const auto all = oids_of(pieces(repo.git({"rev-list", a})));
      const auto cut = sorted(oids_of(pieces(repo.git({"rev-list", x}))));
      const auto found =
          commits(*opened, {resolve(*opened, a).value()}, {resolve(*opened, x).value()});
      ASSERT_TRUE(found);
      for (const Oid& id : all) {
        if (!std::binary_search(cut.begin(), cut.end(), id)) {
          EXPECT_NE(std::find(found->begin(), found->end(), id), found->end());
        }
      }
      expect_parents_first(*opened, *found);
    }
  }
}

TEST(Walk, AncestryEqualsGit) {
  std::mt19937 random(13);
  for (const Times times : {Times::rising, Times::skewed, Times::wild}) {
    GitRepository repo;
    repo.git({"fast-import", "--quiet"}, random_history(random, 60, times));
    const auto opened = Repository::open(repo.path());
    for (int i = 0; i < 20; ++i) {
      const std::string a = "c" + std::to_string(1 + random() % 60);
      const std::string b = "c" + std::to_string(1 + random() % 60);
      const Oid a_id = resolve(*opened, a).value(), b_id = resolve(*opened, b).value();
      const auto bases = merge_bases(*opened, a_id, b_id);
      ASSERT_TRUE(bases);
      const auto expected = oids_of(pieces(repo.try_git({"merge-base", "--all", a, b}).out));
      EXPECT_EQ(sorted(*bases), sorted(expected)) << a << " " << b;
      EXPECT_EQ(is_ancestor(*opened, a_id, b_id).value(),
                repo.try_git({"merge-base", "--is-ancestor", a, b}).status == 0);
    }
  }
}

TEST(Walk, OldestCommitComesFirst) {
  GitRepository repo;
  std::vector<std::string> expected;
  for (int i = 0; i < 5; ++i) expected.push_back(repo.commit(std::to_string(i)));
  const auto opened = Repository::open(repo.path());
  EXPECT_EQ(commits(*opened, oids_of({repo.head()}), {}).value(), oids_of(expected));
}

TEST(Walk, EndsAtShallowBoundaries) {
  GitRepository repo;
  for (int i = 0; i < 5; ++i) repo.commit(std::to_string(i));
  const std::string clone = repo.directory() + "/clone";
  repo.git({"clone", "-q", "--depth=2", "file://" + repo.path(), clone});
  const auto opened = Repository::open(clone);
  const auto found = commits(*opened, oids_of({repo.head()}), {});
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(*found, oids_of({repo.rev("HEAD~1"), repo.rev("HEAD")}));
}

TEST(Walk, MissingParentIsAnErrorThatNamesBoth) {
  GitRepository repo;
  const std::string first = repo.commit("one");
  const std::string second = repo.commit("two");
  repo.remove(".git/objects/" + first.substr(0, 2) + "/" + first.substr(2));
  const auto found = commits(Repository::open(repo.path()).value(), oids_of({second}), {});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::not_found);
  EXPECT_NE(to_string(found.error()).find(first), std::string::npos);
  EXPECT_NE(to_string(found.error()).find(second), std::string::npos);
}

TEST(Walk, MissingTipIsAnErrorOnEitherSide) {
  GitRepository repo;
  repo.commit("one");
  const auto opened = Repository::open(repo.path());
  const auto absent = oids_of({std::string(40, '1')});
  EXPECT_EQ(commits(*opened, absent, {}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(commits(*opened, oids_of({repo.head()}), absent).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace sluice::git
