#include "finding/secret.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <type_traits>

#include "finding/fingerprint.h"
#include "finding/level.h"

namespace sluice {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(Printable<std::string>);
static_assert(!Printable<Secret>, "a Secret must not be printable by accident");
static_assert(!std::is_convertible_v<Secret, std::string>);

TEST(Secret, ShowsOnlyItsLength) {
  EXPECT_EQ(Secret("grün").redacted(), "[secret, 4 characters]");
  EXPECT_EQ(Secret("grün").reveal(), "grün");
}

TEST(Fingerprint, FollowsRuleAndContent) {
  EXPECT_EQ(fingerprint("r", "c").size(), 32u);
  EXPECT_EQ(fingerprint("r", "c"), fingerprint("r", "c"));
  EXPECT_NE(fingerprint("r", "c"), fingerprint("r", "d"));
  EXPECT_NE(fingerprint("ra", "b"), fingerprint("r", "ab"));
}

TEST(Fingerprint, KeyChangesIt) {
  const std::string plain = fingerprint("r", "c");
  ::setenv("SLUICE_FINGERPRINT_KEY", "k", 1);
  const std::string keyed = fingerprint("r", "c");
  ::unsetenv("SLUICE_FINGERPRINT_KEY");
  EXPECT_NE(plain, keyed);
  EXPECT_EQ(plain, fingerprint("r", "c"));
}

TEST(Level, NamesAndBack) {
  for (const auto name : {"low", "medium", "high", "critical"}) {
    EXPECT_EQ(to_string(*parse_severity(name)), name);
  }
  EXPECT_FALSE(parse_severity("High"));
  EXPECT_FALSE(parse_confidence("critical"));
}

}  // namespace
}  // namespace sluice
