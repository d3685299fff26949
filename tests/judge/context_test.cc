#include "judge/context.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "judge/company.h"
#include "judge/describe.h"
#include "judge/word_cursor.h"

namespace sluice::judge {
namespace {

using Places = std::vector<std::pair<std::size_t, std::size_t>>;

std::string random_text(std::mt19937& random, std::size_t most) {
  const std::string_view signs = "useruser hostURL-  db\nxYz0\"";
  const std::size_t kinds = 4 + random() % (signs.size() - 3);
  std::string text(random() % most, ' ');
  for (char& c : text) c = signs[random() % kinds];
  return text;
}

bool goes_on(std::string_view text, std::size_t at) {
  return is(text[at], letter) && is(text[at - 1], letter) && !(is(text[at], upper) && is(text[at - 1], lower));
}

// Byte by byte: the words of text[span], but for one that began before it.
Places words_simply(std::string_view text, rules::Span span) {
  Places words;
  while (span.begin > 0 && span.begin < span.end && goes_on(text, span.begin)) ++span.begin;
  for (std::size_t at = span.begin; at < span.end; ++at) {
    if (!is(text[at], letter)) continue;
    if (at == span.begin || !goes_on(text, at)) words.emplace_back(at, at);
    words.back().second = at + 1;
  }
  return words;
}

Places places_of(std::span<const Word> words) {
  Places places;
  for (const Word& one : words) places.emplace_back(one.begin, one.end());
  return places;
}

TEST(Words, OfAStretchAreThoseOfASimpleWalk) {
  std::mt19937 random(10);
  for (int round = 0; round < 10000; ++round) {
    const std::string text = random_text(random, 300);
    const std::size_t begin = random() % (text.size() + 1);
    const std::size_t end = begin + std::min<std::size_t>(random() % (text.size() - begin + 1), Words::reach);
    ASSERT_EQ(places_of(Words(text, {begin, end}).all()), words_simply(text, {begin, end})) << text << '\n' << begin << ' ' << end;
  }
}

TEST(Context, FindsTheLineAndCountsWhatIsNear) {
  std::mt19937 random(11);
  for (int round = 0; round < 10000; ++round) {
    const std::string before = random_text(random, 400), value(1 + random() % 30, 'v'), behind = random_text(random, 400);
    const std::string text = before + value + behind;
    const rules::Span span{before.size(), before.size() + value.size()};
    const Subject subject{text, {span.begin, span.begin}, {span.begin, span.begin}, span, rules::Shape::pattern};
    const Context context(subject);
    const std::size_t last = before.find_last_of("\n\r"), next = text.find_first_of("\n\r", span.end);
    const std::size_t begin = last == std::string::npos ? 0 : last + 1, end = std::min(next, text.size());
    ASSERT_EQ(context.line().begin, std::max(begin, span.begin - std::min<std::size_t>(160, span.begin)));
    ASSERT_EQ(context.line().end, std::min(end, span.end + 160));
    ASSERT_EQ(places_of(context.words_before()), words_simply(text, {context.line().begin, span.begin}));
    ASSERT_EQ(places_of(context.words_behind()), words_simply(text, {span.end, context.line().end}));
    // What begins near enough, and does not end too far away.
    float accounts = 0;
    const auto count = [&](rules::Span near, std::size_t most) {
      for (const auto& [from, to] : words_simply(text, near)) {
        const std::uint32_t hash = hash_of(std::string_view(text).substr(from, to - from));
        const auto is_it = [&](std::string_view word) { return hash == hash_of(word); };
        accounts += to <= most && (is_it("user") || is_it("usr") || is_it("host") || is_it("url") || is_it("db") || is_it("root"));
      }
    };
    count({span.begin - std::min(Context::near, span.begin), span.begin}, span.begin);
    const std::size_t most = std::min(text.size(), span.end + Context::near);
    count({span.end, std::max(most, context.line().end)}, most);
    Features features{};
    describe_surroundings(subject, context, features);
    ASSERT_EQ(features[f_account_near], accounts) << text;
  }
}

TEST(Company, TellsHowManyAreAlike) {
  std::mt19937 random(12);
  std::vector<Likeness> all;
  Company company(1000);
  for (std::size_t i = 0; i < 300; ++i) {
    all.push_back({static_cast<std::uint32_t>(random() % 7), static_cast<std::uint32_t>(random() % 200), static_cast<std::uint32_t>(random() % 3)});
    company.add({i * 40, i * 40 + 8}, all.back());
  }
  company.close();
  for (std::size_t i = 0; i < all.size(); ++i) {
    Features features{};
    company.describe({i * 40, i * 40 + 8}, all[i], features);
    const auto count = [&](auto part) {
      return static_cast<float>(std::count_if(all.begin(), all.end(), [&](const Likeness& one) { return one.*part == all[i].*part; }));
    };
    EXPECT_EQ(features[f_same_name], count(&Likeness::name));
    EXPECT_EQ(features[f_same_value], count(&Likeness::value));
    EXPECT_EQ(features[f_same_form], count(&Likeness::form));
    EXPECT_EQ(features[f_candidates], 300);
  }
}

}  // namespace
}  // namespace sluice::judge
