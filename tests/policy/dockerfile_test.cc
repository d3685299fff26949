#include "policy/dockerfile.h"

#include <gtest/gtest.h>

namespace sluice::policy {
namespace {

TEST(Dockerfile, IsReadAsDockerReadsIt) {
  const auto read = read_dockerfile(
      "# escape=`\nfrom a\nRUN x `\n\n# c\n  y\nENV A b c\nCOPY <<X /y\nENV Q=1\nX\nCMD [\"z\"]");
  ASSERT_EQ(read.size(), 5u);
  EXPECT_EQ(read[0].name, "FROM");
  EXPECT_EQ(read[1].arguments, "x y");
  EXPECT_EQ(read_assignments(read[2].arguments, true)[0].value, "b c");
  EXPECT_EQ(read[4].line, 11u);
  const auto assignments = read_assignments("A=\"b c\" D='e' F=g\\ h", false);
  ASSERT_EQ(assignments.size(), 3u);
  EXPECT_EQ(assignments[0].value, "b c");
}

TEST(Dockerfile, TakesNoShiftAndNoHereStringForADocument) {
  for (const char* line : {"RUN x=$((1<<2))", "RUN x=$((1 << 2))", "RUN cat <<< x"})
    EXPECT_EQ(read_dockerfile(std::string(line) + "\nCOPY . .\n").size(), 2u) << line;
  for (const char* line : {"RUN <<E", "RUN 3<<E cat", "RUN cat <<-'E' > x"})
    EXPECT_EQ(read_dockerfile(std::string(line) + "\nCOPY . .\nE\n").size(), 1u) << line;
}

}  // namespace
}  // namespace sluice::policy
