#include <gtest/gtest.h>

#include "app/commit_message.h"
#include "app/date.h"
#include "app/size.h"

namespace sluice::app {
namespace {

TEST(ParseSize, UnitsAreDecimal) {
  EXPECT_EQ(*parse_size("10"), 10u);
  EXPECT_EQ(*parse_size("10k"), 10'000u);
  EXPECT_EQ(*parse_size("2MB"), 2'000'000u);
  EXPECT_EQ(*parse_size("1G"), 1'000'000'000u);
  for (const char* bad : {"", "K", "many", "10X", "10MM", "-1", "99999999999999999999"}) {
    EXPECT_FALSE(parse_size(bad)) << bad;
  }
}

TEST(ParseDate, FormsAndZones) {
  EXPECT_EQ(*parse_date("1970-01-02"), 86400);
  EXPECT_EQ(*parse_date("1970-01-01T01:00:00Z"), 3600);
  EXPECT_EQ(*parse_date("1970-01-01T01:00:00+01:00"), 0);
  EXPECT_EQ(*parse_date("1970-01-01T00:00:00-02:30"), 9000);
  EXPECT_LT(*parse_date("2 days ago"), *parse_date("1 day ago"));
  for (const char* bad : {"", "yesterday", "2024-13-01", "2024-02-30", "2024-01-01T", "x days ago"}) {
    EXPECT_FALSE(parse_date(bad)) << bad;
  }
}

TEST(BlankComments, KeepsLineNumbersAndStopsAtTheScissors) {
  EXPECT_EQ(blank_comments("a\n# b\nc", "#"), "a\n\nc\n");
  EXPECT_EQ(blank_comments("a\n# ------------------------ >8 ------------------------\nsecret", "#"), "a\n");
  EXPECT_EQ(blank_comments("; a\n# b\n", ";"), "\n# b\n\n");
}

}  // namespace
}  // namespace sluice::app
