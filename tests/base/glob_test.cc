#include "base/glob.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace sluice::base {
namespace {

struct GlobCase {
  const char* pattern;
  const char* path;
  bool matches;
};

// The meanings that gitignore(5) gives; tests/git/ignore_test.cc compares with Git itself.
constexpr GlobCase glob_cases[] = {
    {"foo", "foo", true},
    {"foo", "Foo", false},
    {"", "", true},
    {"", "a", false},
    {"*", "", true},
    {"*", "a", true},
    {"*", "a/b", false},
    {"?", "a", true},
    {"?", "/", false},
    {"?", "", false},
    {"*.c", "x.c", true},
    {"*.c", "d/x.c", false},
    {"a*b*c", "aXbYbZc", true},
    {"a*b*c", "aXbYbZd", false},
    {"*/b", "a/b", true},
    {"*/b", "a/a/b", false},
    {"**", "a/b/c", true},
    {"**", "", true},
    {"**/foo", "foo", true},
    {"**/foo", "a/b/foo", true},
    {"**/foo", "a/bfoo", false},
    {"a/**", "a/b/c", true},
    {"a/**", "a", false},
    {"a/**/b", "a/b", true},
    {"a/**/b", "a/x/y/b", true},
    {"a/**/b", "ab", false},
    {"a**b", "axxb", true},
    {"a**b", "ax/b", false},
    {"**/a*/**/*.c", "x/ab/c/d/e.c", true},
    {"**/*a/b", "x/a/c/a/b", true},
    {"**/a/**/b/**/c", "a/b/b/x/c", true},
    {"**/a/**/b/**/c", "a/c/b", false},
    {"[abc]", "b", true},
    {"[!abc]", "b", false},
    {"[^abc]", "d", true},
    {"[a-c]x", "bx", true},
    {"[a-]", "-", true},
    {"[]]", "]", true},
    {"[]-a]", "^", true},
    {"[\\]]", "]", true},
    {"[[:alpha:]]", "q", true},
    {"[[:digit:][:upper:]]", "Q", true},
    {"[[:digit:]]", "q", false},
    {"[[:nonsense:]]", "q", false},
    {"[[:x]", ":", true},
    {"[a", "a", false},
    {"[!a]", "/", false},
    {"\\*", "*", true},
    {"\\*", "a", false},
    {"a\\", "a", false},
    {"a\\", "a\\", false},
    {"\\!a", "!a", true},
};

TEST(Glob, Wildmatch) {
  for (const GlobCase& c : glob_cases)
    EXPECT_EQ(wildmatch(c.pattern, c.path), c.matches) << c.pattern << " against " << c.path;
}

TEST(Glob, IgnoringCase) {
  EXPECT_TRUE(wildmatch("*.ENV", "Prod.env", true));
  EXPECT_TRUE(wildmatch("[A-C]", "b", true));
  EXPECT_TRUE(wildmatch("[[:upper:]]", "b", true));
  EXPECT_FALSE(wildmatch("[A-C]", "d", true));
  EXPECT_FALSE(wildmatch("*.ENV", "Prod.env", false));
}

TEST(Glob, StarsDoNotBlowUp) {
  std::string stars, deep;
  for (int i = 0; i < 200; ++i) stars += "a*";
  for (int i = 0; i < 200; ++i) deep += "**/a*/";
  const std::string path(20000, 'a');
  std::string folders;
  for (int i = 0; i < 5000; ++i) folders += "a/";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(wildmatch(stars + "b", path));
  EXPECT_FALSE(wildmatch(deep + "b", folders + "c"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Glob, PathLists) {
  EXPECT_TRUE(path_matches("*.lock", "a/b/yarn.lock"));
  EXPECT_FALSE(path_matches("a/*.lock", "a/b/yarn.lock"));
  EXPECT_TRUE(path_matches("a/**/*.lock", "a/b/yarn.lock"));
  EXPECT_TRUE(path_matches("vendor/", "a/vendor/x/y"));
  EXPECT_FALSE(path_matches("vendor/", "a/vendor"));
  EXPECT_TRUE(path_matches("a/vendor/", "a/vendor/x/y"));
  EXPECT_FALSE(path_matches("a/vendor/", "b/a/vendor/x/y"));
  EXPECT_TRUE(path_matches("/top", "top"));
  EXPECT_FALSE(path_matches("/top", "a/top"));
  EXPECT_FALSE(path_matches("/vendor/", "a/vendor/x"));
  EXPECT_FALSE(path_matches("", "a"));
  EXPECT_FALSE(path_matches("/", "a/b"));
}

}  // namespace
}  // namespace sluice::base
