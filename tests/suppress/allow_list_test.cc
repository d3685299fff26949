#include "suppress/allow_list.h"

#include <gtest/gtest.h>

namespace sluice::suppress {
namespace {

Finding finding_at(std::vector<std::string> paths) {
  Finding finding;
  finding.rule = "r";
  finding.fingerprint = "f";
  finding.paths = std::move(paths);
  if (!finding.paths.empty()) finding.at.path = finding.paths.front();
  return finding;
}

AllowEntry entry_for(std::string fingerprint, std::string rule, std::vector<std::string> paths,
                     std::string expires = "") {
  return {std::move(fingerprint), std::move(rule), std::move(paths), "why", std::move(expires), "p:1:1"};
}

TEST(AllowList, AllThatAnEntryNamesMustAgree) {
  AllowList list({entry_for("f", "other", {})}, "2026-01-01");
  EXPECT_FALSE(list.decide(finding_at({"a"})));
  AllowList both({entry_for("f", "r", {"tests/**"})}, "2026-01-01");
  EXPECT_TRUE(both.decide(finding_at({"tests/a"})));
  EXPECT_FALSE(both.decide(finding_at({"src/a"})));
}

TEST(AllowList, EveryPathOfAFindingMustBeAllowed) {
  AllowList list({entry_for("", "r", {"tests/**"})}, "2026-01-01");
  EXPECT_FALSE(list.decide(finding_at({"tests/a", "src/a"})));
  EXPECT_FALSE(list.decide(finding_at({}))) << "a path entry says nothing about what has no path";
}

TEST(AllowList, ExpiresAfterItsLastDay) {
  AllowList list({entry_for("f", "", {}, "2026-03-01")}, "2026-03-01");
  EXPECT_TRUE(list.decide(finding_at({"a"})));
  EXPECT_TRUE(list.expired().empty());
  AllowList later({entry_for("f", "", {}, "2026-03-01")}, "2026-03-02");
  EXPECT_FALSE(later.decide(finding_at({"a"})));
  ASSERT_EQ(later.expired().size(), 1u);
  EXPECT_TRUE(later.stale().empty());
}

TEST(AllowList, TellsWhatMatchedNothing) {
  AllowList list({entry_for("f", "", {}), entry_for("g", "", {})}, "2026-01-01");
  EXPECT_TRUE(list.decide(finding_at({"a"})));
  EXPECT_EQ(list.stale().size(), 1u);
}

}  // namespace
}  // namespace sluice::suppress
