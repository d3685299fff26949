#include "judge/model.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>
#include <vector>

#include "judge/judge.h"
#include "judge/model_bytes.h"

namespace sluice::judge {
namespace {

TEST(Model, ThatIsBuiltInIsWholeAndSmall) {
  EXPECT_TRUE(Model::parse(model_bytes()));
  EXPECT_LT(model_bytes().size(), 2'000'000u);
  const Model::Limits& limits = Model::builtin().limits();
  EXPECT_LE(limits.medium, limits.high);
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
    const auto model = Model::parse(damaged);
    if (!model) continue;
    const Ranks ranks = model->ranks_of(Features{});
    model->by_path().score(ranks), model->for_confidence().score(ranks);
  }
}

template <class Number>
void append(std::string& out, Number number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

struct SimpleTree {
  float thresholds[Forest::depth];
  std::uint16_t features[Forest::depth];
  float values[Forest::leaves];
};

std::vector<SimpleTree> random_trees(std::size_t count, std::mt19937& random) {
  std::vector<SimpleTree> trees(count);
  for (SimpleTree& tree : trees) {
    for (float& one : tree.thresholds) one = static_cast<float>(random() % 16);
    for (std::uint16_t& one : tree.features) one = static_cast<std::uint16_t>(random() % feature_count);
    for (float& one : tree.values) one = static_cast<float>(random() % 64);
  }
  return trees;
}

// As model.h says a forest lies in the file: four trees together.
void append_forest(std::string& out, float base, const std::vector<SimpleTree>& trees) {
  append(out, base);
  append(out, static_cast<std::uint32_t>(trees.size() / 4));
  for (std::size_t first = 0; first < trees.size(); first += 4) {
    for (std::size_t i = 0; i < Forest::depth; ++i) {
      for (std::size_t k = 0; k < 4; ++k) append(out, trees[first + k].thresholds[i]);
    }
    for (std::size_t i = 0; i < Forest::depth; ++i) {
      for (std::size_t k = 0; k < 4; ++k) append(out, trees[first + k].features[i]);
    }
  }
  for (const SimpleTree& tree : trees) {
    for (const float value : tree.values) append(out, value);
  }
}

float score_simply(float base, const std::vector<SimpleTree>& trees, const Features& features) {
  for (const SimpleTree& tree : trees) {
    std::size_t leaf = 0;
    for (std::size_t i = 0; i < Forest::depth; ++i) leaf += std::size_t{features[tree.features[i]] > tree.thresholds[i]} << i;
    base += tree.values[leaf];
  }
  return base;
}

// Sums of small whole numbers, so that their order does not matter.
TEST(Forest, ScoresAsTreeByTree) {
  std::mt19937 random(3);
  const auto by_text = random_trees(4, random), by_path = random_trees(68, random), for_confidence = random_trees(0, random);
  std::string bytes;
  append(bytes, std::uint32_t{0x344A4C53});
  append(bytes, static_cast<std::uint32_t>(feature_count));
  bytes.append(LetterTable::size, '\0');
  append(bytes, 1.0f);
  bytes.append(std::size_t{1} << 16, '\0');
  append_forest(bytes, 1, by_text);
  append_forest(bytes, 2, by_path);
  append_forest(bytes, 3, for_confidence);
  bytes.append(4 * sizeof(float), '\0');
  const auto model = Model::parse(bytes);
  ASSERT_TRUE(model);
  for (int round = 0; round < 1000; ++round) {
    Features features{};
    for (float& one : features) one = static_cast<float>(random() % 17) - 0.5f * static_cast<float>(random() % 2);
    features[random() % feature_count] = std::numeric_limits<float>::infinity();
    const Ranks ranks = model->ranks_of(features);
    EXPECT_EQ(model->by_text().score(ranks), score_simply(1, by_text, features));
    EXPECT_EQ(model->by_path().score(ranks), score_simply(2, by_path, features));
    EXPECT_EQ(model->for_confidence().score(ranks), 3);
  }
}

// What a processor does at once is what it does one at a time.
TEST(Forest, IsAskedAlikeOnAnyProcessor) {
  std::mt19937 random(5);
  std::vector<std::pair<std::uint16_t, float>> asked;
  std::vector<Forest::Question> questions;
  std::vector<float> values;
  for (std::size_t tree = 0; tree < 40; ++tree) {
    for (std::size_t i = 0; i < Forest::depth; ++i) {
      const Forest::Question one{static_cast<std::uint16_t>(random() % feature_count), static_cast<float>(random() % 200) / 8};
      questions.push_back(one);
      asked.emplace_back(one.feature, one.threshold);
    }
    for (std::size_t i = 0; i < Forest::leaves; ++i) values.push_back(static_cast<float>(random() % 1000) / 7);
  }
  const Thresholds thresholds(asked);
  ASSERT_TRUE(thresholds.fit());
  const Forest forest(0.5f, questions, values, thresholds);
  for (int round = 0; round < 500; ++round) {
    Features features{};
    for (float& one : features) one = static_cast<float>(random() % 200) / 8;
    const Ranks ranks = thresholds.ranks_of(features);
    EXPECT_EQ(ranks, thresholds.ranks_of_plainly(features));
    for (std::uint16_t feature = 0; feature < feature_count; ++feature) {
      EXPECT_EQ(thresholds.rank_of_value(feature, features[feature]), ranks[thresholds.place_of(feature)]);
    }
    EXPECT_EQ(forest.score(ranks), forest.score_plainly(ranks));
  }
}

// Its trees ask later about some features than about others, which random ones do not.
TEST(Forest, ThatIsBuiltInIsAskedAlikeOnAnyProcessor) {
  const Model& model = Model::builtin();
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    Ranks ranks;
    for (std::uint8_t& one : ranks) one = static_cast<std::uint8_t>(random() >> 8);
    EXPECT_EQ(model.by_text().score(ranks), model.by_text().score_plainly(ranks));
    EXPECT_EQ(model.by_path().score(ranks), model.by_path().score_plainly(ranks));
    EXPECT_EQ(model.for_confidence().score(ranks), model.for_confidence().score_plainly(ranks));
  }
}

TEST(Model, AsksAboutAPathAsAboutAllElse) {
  const Model& model = Model::builtin();
  for (const char* path : {"", "src/main.cc", "tests/fixtures/app.yml", "vendor/docs/example.lock", "locale/de.po", "deploy/.env.prod"}) {
    Evidence evidence{};
    const Whereabouts whereabouts = whereabouts_of(model, path);
    decide(model, evidence, whereabouts);
    EXPECT_EQ(evidence.ranks, [&] {
      Ranks expected = Evidence{}.ranks;
      const Ranks all = model.ranks_of(evidence.features);
      for (std::size_t i = first_path_feature; i < feature_count; ++i) expected[model.place_of(i)] = all[model.place_of(i)];
      return expected;
    }()) << path;
  }
}

TEST(Thresholds, OfOneFeatureAreNotMoreThanARankCanTell) {
  std::vector<std::pair<std::uint16_t, float>> asked;
  for (int i = 0; i < 255; ++i) asked.emplace_back(std::uint16_t{3}, static_cast<float>(i));
  const Thresholds thresholds(asked);
  ASSERT_TRUE(thresholds.fit());
  Features features{};
  features[3] = 1000;
  EXPECT_EQ(thresholds.ranks_of(features)[thresholds.place_of(3)], 255);
  EXPECT_EQ(thresholds.rank_of(3, 254), 254);
  asked.emplace_back(std::uint16_t{3}, 255.0f);
  EXPECT_FALSE(Thresholds(asked).fit());
}

}  // namespace
}  // namespace sluice::judge
