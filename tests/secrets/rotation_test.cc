#include <gtest/gtest.h>

#include "secrets/aws_description.h"
#include "secrets/json_text.h"
#include "secrets/version_history.h"

namespace sluice::secrets {
namespace {

TEST(VersionHistory, BelievesWhatIsNew) {
  VersionHistory history;
  EXPECT_TRUE(history.believes({{"a", "1"}, {"b", "1"}}));
  EXPECT_TRUE(history.believes({{"a", "1"}, {"b", "1"}}));
  EXPECT_TRUE(history.believes({{"a", "2"}, {"b", "1"}}));
  EXPECT_TRUE(history.believes({{"a", "2"}, {"b", "2"}, {"c", "1"}}));
}

TEST(VersionHistory, DoubtsWhatWasLeftOnce) {
  VersionHistory history;
  EXPECT_TRUE(history.believes({{"a", "1"}}));
  EXPECT_TRUE(history.believes({{"a", "2"}}));
  EXPECT_FALSE(history.believes({{"a", "1"}})) << "a late reply";
  EXPECT_TRUE(history.believes({{"a", "2"}}));
  EXPECT_FALSE(history.believes({{"a", "1"}})) << "a late reply again, not two in a row";
  EXPECT_TRUE(history.believes({{"a", "1"}})) << "taken back";
  EXPECT_FALSE(history.believes({{"a", "2"}})) << "and now 2 is what was left";
}

TEST(VersionHistory, ForgetsTheOldest) {
  VersionHistory history;
  for (int i = 0; i < 40; ++i) EXPECT_TRUE(history.believes({{"a", std::to_string(i)}}));
  EXPECT_TRUE(history.believes({{"a", "0"}}));
  EXPECT_FALSE(history.believes({{"a", "39"}}));
}

Result<Description> describe(const std::string& json, const std::string& version = {}) {
  return describe_aws_secret(*JsonText::parse(json), version);
}

TEST(DescribeAwsSecret, TellsWhichVersionsAreThere) {
  const std::string two =
      R"({"RotationEnabled":true,"VersionIdsToStages":{"v1":["AWSPREVIOUS"],"v2":["AWSCURRENT"]}})";
  EXPECT_TRUE(describe(two));
  EXPECT_TRUE(describe(two, "AWSPREVIOUS"));
  EXPECT_TRUE(describe(two, "v1"));
  EXPECT_EQ(describe(two, "AWSPENDING").error().kind, ErrorKind::not_found);
  EXPECT_EQ(describe(two, "v3").error().kind, ErrorKind::not_found);
  EXPECT_TRUE(describe("{}")) << "a reply without versions says nothing against it";
}

TEST(DescribeAwsSecret, ReadsTimesHoweverTheyAreWritten) {
  EXPECT_EQ(describe(R"({"LastChangedDate":1772323200})")->details,
            "does not rotate, last changed 2026-03-01");
  EXPECT_EQ(describe(R"({"LastChangedDate":1.7723232E9})")->details,
            "does not rotate, last changed 2026-03-01");
  EXPECT_EQ(describe(R"({"LastChangedDate":"soon"})")->details, "does not rotate");
  EXPECT_EQ(describe(R"({"LastChangedDate":1e300})")->details, "does not rotate");
}

TEST(DescribeAwsSecret, TellsARotationThatIsLate) {
  const auto late = describe(R"({"RotationEnabled":true,"NextRotationDate":1700000000})");
  ASSERT_EQ(late->concerns.size(), 1u);
  EXPECT_EQ(late->concerns[0].id, "rotation-late");
  EXPECT_TRUE(describe(R"({"RotationEnabled":true,"NextRotationDate":99000000000})")->concerns.empty());
}

}  // namespace
}  // namespace sluice::secrets
