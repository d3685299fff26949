#include "git/large_file.h"

#include <gtest/gtest.h>

namespace sluice::git {
namespace {

const std::string version = "version https://git-lfs.github.com/spec/v1\n";
const std::string digits = std::string(32, 'a') + std::string(32, '0');

TEST(LargeFile, ReadsAPointer) {
  const auto pointer = parse_large_file_pointer(version + "oid sha256:" + digits + "\nsize 1234\n");
  ASSERT_TRUE(pointer);
  EXPECT_EQ(pointer->sha256, digits);
  EXPECT_EQ(pointer->size, 1234u);
  EXPECT_EQ(large_file_path("/r/.git", *pointer), "/r/.git/lfs/objects/aa/aa/" + digits);
}

TEST(LargeFile, PassesOverExtensions) {
  const auto pointer =
      parse_large_file_pointer(version + "ext-0-x sha256:" + digits + "\noid sha256:" + digits + "\nsize 1\n");
  ASSERT_TRUE(pointer);
  EXPECT_EQ(pointer->size, 1u);
}

TEST(LargeFile, TakesNothingElseForAPointer) {
  EXPECT_FALSE(parse_large_file_pointer(""));
  EXPECT_FALSE(parse_large_file_pointer(version));
  EXPECT_FALSE(parse_large_file_pointer(version + "oid sha256:" + digits + "\n"));
  EXPECT_FALSE(parse_large_file_pointer(version + "oid sha256:../../x\nsize 1\n"));
  EXPECT_FALSE(parse_large_file_pointer(version + "oid sha256:" + digits + "\nsize -1\n"));
  EXPECT_FALSE(parse_large_file_pointer("about: " + version + "oid sha256:" + digits + "\nsize 1\n"));
  EXPECT_FALSE(parse_large_file_pointer(version + "oid sha256:" + digits + "\nsize 1\n" + std::string(1024, '\n')));
}

}  // namespace
}  // namespace sluice::git
