#include "judge/word_map.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "judge/near_words.h"

namespace sluice::judge {
namespace {

struct Marked {
  std::vector<std::size_t> starts, ends, likely;
};

Marked marked_in(const WordMap& map, rules::Span part) {
  Marked marked;
  map.for_each_block(part, [&](std::size_t at, const WordMap::Block& block) {
    for (std::size_t i = 0; i < 64; ++i) {
      if (block.starts >> i & 1u) marked.starts.push_back(at + i);
      if (block.ends >> i & 1u) marked.ends.push_back(at + i);
      if (block.likely >> i & 1u) marked.likely.push_back(at + i);
    }
  });
  return marked;
}

std::string random_text(std::mt19937& random) {
  const std::vector<std::string> pieces = {"user", "Host", "db", "LOREM", "x", "Q", "7", " ", "-", "\xC3\xA9", "\n", "secret", "u3"};
  std::string text;
  for (std::size_t i = random() % 90; i > 0; --i) text += pieces[random() % pieces.size()];
  return text;
}

TEST(WordMap, IsTheSameOnAnyProcessor) {
  std::mt19937 random(12);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = random_text(random);
    const std::size_t begin = random() % (text.size() + 1);
    const rules::Span span{begin, begin + random() % (std::min(text.size() - begin, WordMap::reach) + 1)};
    const std::size_t from = span.begin + random() % (span.end - span.begin + 1);
    const rules::Span part{from, from + random() % (span.end - from + 1)};
    const Marked one = marked_in(WordMap(text, span), part);
    const Marked other = marked_in(WordMap::read_plainly(text, span), part);
    ASSERT_EQ(one.starts, other.starts) << text;
    ASSERT_EQ(one.ends, other.ends) << text;
    for (const std::size_t at : one.starts) ASSERT_TRUE(at >= part.begin && at < part.end);
  }
}

// Each of near_words is likely, and most other words are not.
TEST(WordMap, TellsWhichWordsAreLikely) {
  for (const std::string word : {"user", "Username", "DB", "root", "lorem", "bar", "Your", "invalid", "changeme", "test"}) {
    for (const std::size_t before : {0, 1, 61, 62, 63, 64, 100}) {
      const std::string text = std::string(before, '.') + word + "; nothing, quick zebra";
      const std::vector<std::size_t> only = {before};
      EXPECT_EQ(marked_in(WordMap(text, {0, text.size()}), {0, text.size()}).likely, only) << text;
      EXPECT_EQ(marked_in(WordMap::read_plainly(text, {0, text.size()}), {0, text.size()}).likely, only) << text;
    }
  }
}

}  // namespace
}  // namespace sluice::judge
