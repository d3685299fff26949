#include "app/same_secret.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace sluice::app {
namespace {

PlacedFinding found(std::size_t rank, const std::string& path, const std::string& commit) {
  Finding finding;
  finding.fingerprint = "f";
  finding.at.path = path;
  finding.at.line = 3;
  finding.paths = {path};
  finding.origin.commit = commit;
  finding.origin.object = path + std::to_string(rank);
  return {std::move(finding), rank};
}

TEST(JoinSameSecret, TheEarliestSpeaksAndKnowsTheOthers) {
  const auto joined = join_same_secret({found(2, "b", "two"), found(1, "c", "one"), found(3, "a", "three")}, {});
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_EQ(joined[0].origin.commit, "one");
  EXPECT_EQ(joined[0].paths, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(joined[0].related.size(), 2u);
}

TEST(JoinSameSecret, SuppressedAndOpenStayApart) {
  auto open = found(1, "a", "one");
  auto allowed = found(2, "b", "two");
  allowed.finding.suppressed = Suppression{"comment", "why"};
  EXPECT_EQ(join_same_secret({std::move(open), std::move(allowed)}, {}).size(), 2u);
}

TEST(SpreadAllowComments, ReachesTheSamePathOnly) {
  auto allowed = found(2, "a", "two");
  allowed.finding.suppressed = Suppression{"comment", "why"};
  std::vector<PlacedFinding> findings = {found(1, "a", "one"), std::move(allowed), found(3, "b", "three")};
  spread_allow_comments(findings);
  EXPECT_TRUE(findings[0].finding.suppressed);
  EXPECT_FALSE(findings[2].finding.suppressed);
}

// Refs by number, and which of them hold which blob.
Presence held(std::map<std::string, std::vector<std::uint32_t>> holders, std::uint32_t count) {
  Presence presence;
  for (std::uint32_t i = 0; i < count; ++i) presence.refs.push_back({"refs/tags/" + std::to_string(i), ""});
  for (const auto& [blob, refs] : holders) presence.blobs[blob] = {{}, refs};
  return presence;
}

TEST(JoinSameSecret, IsPresentWhereAnyOfItsBlobsIs) {
  const Presence presence = held({{"a1", {0, 2}}, {"a2", {1, 2}}, {"other", {3}}}, 4);
  const auto joined = join_same_secret({found(1, "a", "one"), found(2, "a", "two")}, presence);
  ASSERT_TRUE(joined[0].present_at);
  EXPECT_EQ(joined[0].present_at->count, 3u);
  EXPECT_EQ(joined[0].present_at->refs, (std::vector<std::string>{"refs/tags/0", "refs/tags/1", "refs/tags/2"}));
}

TEST(JoinSameSecret, TellsThatItIsInHistoryOnlyAndNothingOfWhatWasNotLookedFor) {
  const auto gone = join_same_secret({found(1, "a", "one")}, held({{"a1", {}}}, 4));
  ASSERT_TRUE(gone[0].present_at);
  EXPECT_EQ(gone[0].present_at->count, 0u);
  EXPECT_FALSE(join_same_secret({found(1, "a", "one")}, {})[0].present_at);
}

TEST(JoinSameSecret, NamesTheFirstOfManyRefs) {
  std::vector<std::uint32_t> all(100);
  std::iota(all.begin(), all.end(), 0);
  const auto joined = join_same_secret({found(1, "a", "one")}, held({{"a1", all}}, 100));
  EXPECT_EQ(joined[0].present_at->count, 100u);
  EXPECT_EQ(joined[0].present_at->refs.size(), 20u);
}

TEST(KeepFirstPlaces, ForgetsNoBlob) {
  std::vector<PlacedFinding> findings;
  std::map<std::string, std::vector<std::uint32_t>> holders;
  for (std::uint32_t rank = 0; rank < 50; ++rank) {
    findings.push_back(found(rank, "a", "c"));
    findings.back().finding.at.line = rank;
    holders["a" + std::to_string(rank)] = {rank};
  }
  const Presence presence = held(holders, 50);
  const auto all = join_same_secret(findings, presence);
  keep_first_places(findings);
  EXPECT_EQ(findings.size(), 21u);
  keep_first_places(findings);
  const auto kept = join_same_secret(findings, presence);
  EXPECT_EQ(kept[0].present_at->count, 50u);
  EXPECT_EQ(kept[0].present_at->refs, all[0].present_at->refs);
}

}  // namespace
}  // namespace sluice::app
