#include "judge/model.h"

#include <gtest/gtest.h>

#include <string>

#include "judge/model_bytes.h"

namespace sluice::judge {
namespace {

TEST(Model, ThatIsBuiltInIsWholeAndSmall) {
  EXPECT_TRUE(Model::parse(model_bytes()));
  EXPECT_LT(model_bytes().size(), 2'000'000u);
  const Model::Thresholds& thresholds = Model::builtin().thresholds();
  EXPECT_LE(thresholds.medium, thresholds.high);
}

TEST(Model, ThatIsDamagedIsRefused) {
  const std::string bytes(model_bytes());
  EXPECT_FALSE(Model::parse(""));
  for (std::size_t size = 0; size + 8 < bytes.size(); size += 1 + bytes.size() / 97) {
    EXPECT_FALSE(Model::parse(std::string_view(bytes).substr(0, size))) << size;
  }
  // Whatever its trees say, no step leads out of them.
  for (std::size_t at = 8; at < bytes.size(); at += 1 + bytes.size() / 997) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    if (const auto model = Model::parse(damaged)) model->by_path().score(Features{}), model->for_confidence().score(Features{});
  }
}

}  // namespace
}  // namespace sluice::judge
