#include "base/ending_filter.h"

#include <gtest/gtest.h>

#include <string>

#include "base/pieces.h"
#include "base/text.h"

namespace sluice::base {
namespace {

TEST(EndingFilter, LetsEveryNameWithAnEndingThrough) {
  constexpr EndingFilter filter = {".yaml", ".PY", "Dockerfile"};
  for (const char* name : {".yaml", "a.yaml", "A.YAML", "x/y.Yaml", "a.py", "DOCKERFILE", "my.dockerfile"})
    EXPECT_TRUE(filter.may_end(name)) << name;
  for (const char* name : {"", "l", "a.c", "a.h", "a.cc", "a.txt", "a.go", "README", "a.yam"})
    EXPECT_FALSE(filter.may_end(name)) << name;
}

TEST(EndingFilter, IsNeverWrongWhenItSaysNo) {
  for (unsigned a = 0; a < 256; ++a) {
    for (unsigned b = 0; b < 256; ++b) {
      const std::string ending{static_cast<char>(a), static_cast<char>(b)};
      const EndingFilter filter = {ending};
      ASSERT_TRUE(filter.may_end("name" + ending)) << a << ' ' << b;
      ASSERT_TRUE(filter.may_end("name" + to_lower(ending))) << a << ' ' << b;
    }
  }
}

TEST(AnyPiece, LooksAtThePiecesThatSplitGives) {
  for (const std::string& text : {std::string(), std::string("/"), std::string("a"), std::string("a/b//c/")}) {
    std::vector<std::string_view> seen;
    EXPECT_FALSE(any_piece(text, '/', [&](std::string_view piece) {
      seen.push_back(piece);
      return false;
    }));
    EXPECT_EQ(seen, split(text, '/')) << text;
  }
  EXPECT_TRUE(any_piece("a/b/c", '/', [](std::string_view piece) { return piece == "b"; }));
}

}  // namespace
}  // namespace sluice::base
