#include "report/verdict.h"

#include <gtest/gtest.h>

#include <limits>

#include "report/sample.h"

namespace sluice::report {
namespace {
namespace verdict_tests {

TEST(Verdict, SaysWhatWasLookedAt) {
  EXPECT_EQ(verdict_line(sample::clean()),
            "clean: 12 commits, 340 blobs, 14 messages, 1.2 MB in 0.04 s; 0 findings, 0 "
            "suppressed, 0 problems");
  EXPECT_EQ(verdict_line(Audit{}),
            "clean: nothing looked at in 0.00 s; 0 findings, 0 suppressed, 0 problems");
}

TEST(Verdict, AProblemWinsOverEverything) {
  Audit audit = sample::clean();
  EXPECT_EQ(verdict(audit), Verdict::clean);
  audit.findings = {sample::clash()};
  EXPECT_EQ(verdict(audit), Verdict::not_blocking);
  audit.exit_code = 1;
  EXPECT_EQ(verdict(audit), Verdict::blocked);
  audit.problems = {{"unreadable", "", ""}};
  EXPECT_EQ(verdict(audit), Verdict::undecided);
  audit.exit_code = 0;
  EXPECT_EQ(verdict(audit), Verdict::undecided);
  Audit only_code;
  only_code.exit_code = 2;
  EXPECT_EQ(verdict(only_code), Verdict::undecided);
}

TEST(Verdict, SuppressedFindingsAreCountedApart) {
  const Tally counts = tally(sample::rich());
  EXPECT_EQ(counts.findings, 5u);
  EXPECT_EQ(counts.suppressed, 2u);
  EXPECT_EQ(counts.problems, 0u);
}

TEST(Verdict, UnitsAreForPeople) {
  EXPECT_EQ(counted(1, "blob"), "1 blob");
  EXPECT_EQ(human_bytes(999), "999 B");
  EXPECT_EQ(human_bytes(1000), "1.0 kB");
  EXPECT_EQ(human_bytes(999'949), "999.9 kB");
  EXPECT_EQ(human_bytes(999'999), "1.0 MB");
  EXPECT_EQ(human_bytes(std::numeric_limits<std::uint64_t>::max()), "18.4 EB");
  EXPECT_EQ(human_seconds(0.039), "0.04 s");
  EXPECT_EQ(human_seconds(9.999), "10.0 s");
  EXPECT_EQ(human_seconds(200), "3 min 20 s");
  EXPECT_EQ(human_seconds(-1), "0.00 s");
  EXPECT_EQ(human_seconds(std::numeric_limits<double>::quiet_NaN()), "0.00 s");
}

}  // namespace verdict_tests
}  // namespace
}  // namespace sluice::report
