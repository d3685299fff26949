#include "suppress/baseline.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "finding/fingerprint.h"

namespace sluice::suppress {
namespace {

Finding known(const std::string& content, const std::string& path) {
  Finding finding;
  finding.rule = "r";
  finding.fingerprint = fingerprint("r", content);
  finding.at.path = path;
  return finding;
}

TEST(Baseline, KeepsWhatItWrote) {
  const std::string text = Baseline::write({known("b", "z y\n"), known("a", "")});
  auto baseline = Baseline::parse(text, "base");
  ASSERT_TRUE(baseline) << to_string(baseline.error());
  EXPECT_TRUE(baseline->decide(known("a", "elsewhere"))) << "the content counts, not the path";
  EXPECT_FALSE(baseline->decide(known("c", "z y\n")));
  EXPECT_EQ(baseline->stale().size(), 1u);
}

TEST(Baseline, IsSortedAndHoldsOneLineAnEntry) {
  const std::string one = Baseline::write({known("a", "p"), known("b", "q"), known("a", "other")});
  const std::string two = Baseline::write({known("b", "q"), known("a", "p"), known("a", "other")});
  EXPECT_EQ(one, two);
  EXPECT_EQ(std::count(one.begin(), one.end(), '\n'), 3);
}

TEST(Baseline, LeavesOutWhatIsAllowedOtherwise) {
  Finding finding = known("a", "p");
  finding.suppressed = Suppression{"comment", "why"};
  EXPECT_EQ(Baseline::write({finding}), Baseline::write({}));
  finding.suppressed = Suppression{"baseline", "b:2"};
  EXPECT_NE(Baseline::write({finding}), Baseline::write({}));
}

TEST(Baseline, BrokenFilesAreErrorsWithTheirLine) {
  EXPECT_FALSE(Baseline::parse("", "b"));
  EXPECT_FALSE(Baseline::parse("nonsense\n", "b"));
  const auto broken = Baseline::parse(Baseline::write({known("a", "p")}) + "short r p\n", "b");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().where, "b:3");
}

}  // namespace
}  // namespace sluice::suppress
