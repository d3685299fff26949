#include "app/placement.h"

#include <gtest/gtest.h>

#include "rules/rule_set.h"

namespace sluice::app {
namespace {

rules::Rule rule_named(std::string_view id, Confidence confidence, rules::Strings excluded = {}) {
  rules::Rule rule;
  rule.id = id;
  rule.title = id;
  rule.confidence = confidence;
  rule.exclude_paths = excluded;
  return rule;
}

Hit hit_of(const rules::Rule& rule, std::size_t begin, std::size_t end) {
  Hit hit;
  hit.rule = &rule;
  hit.secret = {begin, end};
  hit.finding.rule = rule.id;
  hit.finding.confidence = rule.confidence;
  hit.finding.severity = rule.severity;
  hit.finding.fingerprint = std::string(rule.id);
  hit.finding.at.line = 1;
  return hit;
}

std::vector<PlacedFinding> all_of(HitItem& item) {
  std::vector<PlacedHit> hits;
  place(item, hits);
  std::vector<PlacedFinding> findings;
  for (PlacedHit& hit : hits) findings.push_back(finding_of(std::move(hit)));
  return findings;
}

constexpr std::string_view locks[] = {"*.lock"};

TEST(Place, EachPathDecidesForItself) {
  const rules::Rule sure = rule_named("sure", Confidence::high, locks);
  const rules::Rule vague = rule_named("vague", Confidence::low);
  HitItem item;
  item.paths = {"b.lock", "a.txt"};
  item.hits = {hit_of(sure, 0, 10), hit_of(vague, 0, 10)};
  const std::vector<PlacedFinding> placed = all_of(item);
  ASSERT_EQ(placed.size(), 2u);
  EXPECT_EQ(placed[0].finding.rule, "sure");
  EXPECT_EQ(placed[0].finding.paths, std::vector<std::string>{"a.txt"});
  EXPECT_EQ(placed[1].finding.rule, "vague") << "where the surer rule does not apply, the other one speaks";
  EXPECT_EQ(placed[1].finding.paths, std::vector<std::string>{"b.lock"});
}

TEST(Place, AFindingThatNoPathKeepsIsDropped) {
  const rules::Rule rule = rule_named("r", Confidence::high, locks);
  HitItem item;
  item.paths = {"b.lock"};
  item.hits = {hit_of(rule, 0, 10)};
  EXPECT_TRUE(all_of(item).empty());
}

std::vector<PlacedFinding> placed(std::vector<Hit> hits) {
  HitItem item;
  item.paths = {"a.txt"};
  item.hits = std::move(hits);
  return all_of(item);
}

Hit at_line(Hit hit, std::uint32_t line) {
  hit.finding.at.line = line;
  return hit;
}

TEST(Place, SaysWhatElseMatched) {
  const rules::Rule sure = rule_named("sure", Confidence::high);
  const rules::Rule vague = rule_named("vague", Confidence::low);
  const auto findings = placed({hit_of(vague, 0, 8), hit_of(sure, 2, 10), hit_of(vague, 20, 30)});
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].finding.also_matches, std::vector<std::string>{"vague"});
  EXPECT_TRUE(findings[1].finding.also_matches.empty());
}

// Two keys of two halves each, and an id that is too far away.
TEST(Place, TwoHalvesNearEachOtherAreOneFinding) {
  const rules::Rule id = rule_named("id", Confidence::high);
  rules::Rule secret = rule_named("secret", Confidence::medium);
  secret.pair_rule = "id";
  secret.pair_within = 3;
  const auto findings = placed({at_line(hit_of(id, 0, 5), 1), at_line(hit_of(secret, 10, 15), 2),
                                at_line(hit_of(secret, 20, 25), 4), at_line(hit_of(id, 30, 35), 5),
                                at_line(hit_of(id, 40, 45), 60)});
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[0].finding.rule, "secret");
  EXPECT_EQ(findings[0].finding.confidence, Confidence::high);
  ASSERT_EQ(findings[0].finding.related.size(), 1u);
  EXPECT_EQ(findings[0].finding.related[0].line, 1u);
  EXPECT_EQ(findings[0].finding.related[0].path, "a.txt");
  EXPECT_EQ(findings[1].finding.related[0].line, 5u);
  EXPECT_EQ(findings[2].finding.rule, "id");
}

TEST(Place, WhatIsAHalfAndNothingElseIsToldWithTheOtherOneOnly) {
  rules::Rule id = rule_named("id", Confidence::low);
  id.half_only = true;
  rules::Rule secret = rule_named("secret", Confidence::medium);
  secret.pair_rule = "id";
  secret.pair_within = 3;
  EXPECT_TRUE(placed({at_line(hit_of(id, 0, 5), 1)}).empty());
  const auto findings = placed({at_line(hit_of(id, 0, 5), 1), at_line(hit_of(secret, 10, 15), 2),
                                at_line(hit_of(id, 20, 25), 90)});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].finding.rule, "secret");
  EXPECT_EQ(findings[0].finding.confidence, Confidence::medium);
  ASSERT_EQ(findings[0].finding.related.size(), 1u);
  EXPECT_EQ(findings[0].finding.related[0].line, 1u);
}

TEST(Place, AnAllowedHalfHidesNothing) {
  const rules::Rule id = rule_named("id", Confidence::high);
  rules::Rule secret = rule_named("secret", Confidence::high);
  secret.pair_rule = "id";
  secret.pair_within = 3;
  Hit allowed = hit_of(secret, 10, 15);
  allowed.finding.suppressed = Suppression{"comment", "why"};
  EXPECT_EQ(placed({hit_of(id, 0, 5), allowed}).size(), 2u);
}

}  // namespace
}  // namespace sluice::app
