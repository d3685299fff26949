#include "scan/uuid.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sluice::scan {
namespace {

std::vector<std::string> uuids_in(const std::string& text) {
  std::vector<std::string> uuids;
  for_each_uuid_dashes(text, 0, text.size(), [&](std::size_t begin) {
    if (const auto uuid = uuid_around(text, {begin, begin + uuid_dashes})) {
      uuids.push_back(text.substr(uuid->begin, uuid->end - uuid->begin));
    }
  });
  return uuids;
}

const std::string one = std::string("0f8fad5b-d9cb") + "-469f-a165-70867728950e";

TEST(Uuid, IsFoundWhereverItStands) {
  for (std::size_t before = 0; before < 70; ++before) {
    const std::string text = std::string(before, ' ') + one + std::string(70 - before, '\n');
    EXPECT_EQ(uuids_in(text), std::vector<std::string>{one}) << before;
  }
  EXPECT_EQ(uuids_in(one), std::vector<std::string>{one});
  EXPECT_EQ(uuids_in(one + "," + one).size(), 2u);
}

TEST(Uuid, IsNoneWhenItIsPartOfMoreOrMadeOfNothing) {
  EXPECT_TRUE(uuids_in("a" + one).empty());
  EXPECT_TRUE(uuids_in(one + "a").empty());
  EXPECT_TRUE(uuids_in(one.substr(1)).empty());
  EXPECT_TRUE(uuids_in("00000000-0000-0000-0000-000000000000").empty());
  EXPECT_TRUE(uuids_in("g" + one.substr(1)).empty());
}

}  // namespace
}  // namespace sluice::scan
