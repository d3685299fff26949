#include "judge/word_cursor.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace sluice::judge {
namespace {

using Found = std::vector<std::pair<std::string, std::uint32_t>>;

Found words_in(std::string_view text) {
  Found words;
  for_each_word(text, [&](std::string_view word) { words.emplace_back(word, hash_of(word)); });
  return words;
}

// Byte by byte.
Found words_simply(std::string_view text) {
  Found words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.emplace_back(word, hash_of(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_hump = i > 0 && is(text[i], upper) && is(text[i - 1], lower);
    if (!is(text[i], letter) || is_hump) finish();
    if (is(text[i], letter)) word += text[i];
  }
  finish();
  return words;
}

TEST(Words, AreRunsOfLettersSplitAtHumps) {
  EXPECT_EQ(words_in(""), Found());
  EXPECT_EQ(words_in("12 _-"), Found());
  EXPECT_EQ(words_in("dbPassword_2"), (Found{{"db", hash_of("db")}, {"Password", hash_of("Password")}}));
  EXPECT_EQ(words_in("HTTPServer"), (Found{{"HTTPServer", hash_of("HTTPServer")}}));
}

TEST(Words, AreThoseOfASimpleWalk) {
  std::mt19937 random(1);
  const std::string_view signs = "abcABCxyzXYZ01_- .\n\xC3";
  for (int round = 0; round < 4000; ++round) {
    const std::size_t kinds = 1 + random() % signs.size();
    std::string text(random() % 300, ' ');
    for (char& c : text) c = signs[random() % kinds];
    ASSERT_EQ(words_in(text), words_simply(text)) << text;
  }
}

TEST(HashOf, IsThatOfTheSameTextInSmallLettersWhereverItLies) {
  std::mt19937 random(2);
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text(size, ' ');
    for (char& c : text) c = static_cast<char>(random());
    std::string small = text;
    for (char& c : small) c = to_lower(c);
    const std::string longer = "x" + text + "yz";
    EXPECT_EQ(hash_of(text), hash_of(small));
    EXPECT_EQ(hash_of(text), hash_of(std::string_view(longer).substr(1, size)));
    EXPECT_NE(hash_of(text), hash_of(longer));
    EXPECT_NE(hash_of(text, 1), hash_of(text, 2));
  }
  static_assert(hash_of("Password") == hash_of("password"));
  constexpr std::uint32_t when_compiled = hash_of("credential_of_a_service");
  const std::string at_run_time = "credential_of_a_service";
  EXPECT_EQ(hash_of(at_run_time), when_compiled);
}

}  // namespace
}  // namespace sluice::judge
