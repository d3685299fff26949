#include "config/fix.h"

#include <gtest/gtest.h>

#include "config/collect.h"

namespace sluice::config {
namespace {

// The override's text after mending; `unchanged` when it was left alone.
std::string mended(const std::string& base, const std::string& over, bool redundant = false) {
  for (const FixedFile& file : fixed(pair(base, over), {}, {redundant})) {
    if (file.path == "config_prod.yaml") return file.text;
  }
  return "unchanged";
}

TEST(Fix, KeepsCommentsAndLayout) {
  EXPECT_EQ(mended("lr: 0.1\n", "# top\nlr:   1e-5   # why\n\n# end\n"),
            "# top\nlr:   1.0e-5   # why\n\n# end\n");
  EXPECT_EQ(mended("v: \"3.9\"\nc: de\n", "v: 3.10 # ä\nc: no\n"), "v: \"3.10\" # ä\nc: \"no\"\n");
  EXPECT_EQ(mended("l: [1.0]\n", "l: [1e-5, 'ä', .5e3]\n"), "l: [1.0e-5, 'ä', 0.5e+3]\n");
}

TEST(Fix, TakesOutEqualDuplicatesOnly) {
  EXPECT_EQ(mended("a: 1\nb: 2\n", "a: 3\nb: 3\na: 3\n"), "a: 3\nb: 3\n");
  EXPECT_EQ(mended("a: 1\n", "a: 3\na: 4\n"), "unchanged");
  EXPECT_EQ(mended("m: {x: 1}\n", "m: {x: 2, x: 2}\n"), "unchanged");
}

TEST(Fix, RedundantOverridesWhenAsked) {
  const std::string base = "a: 1\nm:\n  x: 1\n  y: 2\nz: 3\n";
  const std::string over = "a: 1 # same\nm:\n  x: 1\n  y: 3\nz: 4\n";
  EXPECT_EQ(mended(base, over), "unchanged");
  EXPECT_EQ(mended(base, over, true), "m:\n  y: 3\nz: 4\n");
  EXPECT_EQ(mended("a: 1\n", "a: 1\n", true), "unchanged");
}

TEST(Fix, LeavesTheRestAlone) {
  EXPECT_EQ(mended("a: 1\n", "a: text\nb: null\n"), "unchanged");
  EXPECT_EQ(mended("a: x\n", "a: ${X}\n"), "unchanged");
  EXPECT_EQ(mended("a: x\n", "a: [\n"), "unchanged");
}

TEST(Fix, MendsUntilNothingIsLeft) {
  const std::string base = "lr: 0.1\nv: text\n";
  const std::string over = mended(base, "lr: 1e-5\nv: 012\nlr: 1e-5\n");
  EXPECT_EQ(over, "lr: 1.0e-5\nv: \"012\"\n");
  EXPECT_EQ(rules_of(pair(base, over)), "");
}

}  // namespace
}  // namespace sluice::config
