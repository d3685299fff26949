#include "scan/gate.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/text.h"
#include "rules/pattern.h"

namespace sluice::scan {
namespace {

// Expressions over few letters, so that random texts match them often.
class ExpressionMaker {
 public:
  explicit ExpressionMaker(unsigned seed) : random_(seed) {}

  std::string make(int depth = 0) {
    std::string out;
    for (unsigned parts = 1 + pick(3); parts > 0; --parts) out += quantified(depth);
    if (depth < 3 && pick(4) == 0) out += "|" + make(depth + 1);
    return out;
  }

  std::string text() {
    std::string out;
    for (unsigned size = pick(40); out.size() < size;) out += "aaabbcAB _\n-"[pick(12)];
    return out;
  }

  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

 private:
  std::string quantified(int depth) {
    static constexpr const char* counts[] = {"", "", "", "?", "*", "+", "{2}", "{1,3}", "{0,12}", "{3,}", "+?", "{9}",
                                              "{10,}"};
    const std::string one = atom(depth);
    const bool is_assertion = one == "^" || one == "$" || one == "\\b" || one == "\\B";
    return is_assertion ? one : one + counts[pick(13)];
  }

  std::string atom(int depth) {
    static constexpr const char* atoms[] = {"a",    "b",      "c",  "[ab]", "[^a]", "\\w", "\\s", ".",
                                            "abc",  "\\b",    "^",  "$",    "\\B",  "_",   "[a-c_]",
                                            "(?:^|[^a])", "(?:$|b)"};
    if (depth < 3 && pick(5) == 0) return (pick(2) == 0 ? "(" : "(?i:") + make(depth + 1) + ")";
    const std::string one = atoms[pick(17)];
    return one == "abc" ? "(?:abc)" : one;
  }

  std::mt19937 random_;
};

// The gate must let every match through that holds the keyword, with room for all of it.
TEST(Gate, LetsEveryMatchThrough) {
  ExpressionMaker maker(11);
  int matches = 0;
  for (int round = 0; round < 6000; ++round) {
    std::string expression = maker.make();
    if (maker.pick(3) == 0) expression = "(?m)" + expression;
    if (!rules::Pattern::check(expression, 0)) continue;
    const rules::Pattern pattern(expression, 0);
    const auto positions = rules::positions_of(expression);
    ASSERT_TRUE(positions) << expression;
    Gate gate(*positions);
    for (int i = 0; i < 8; ++i) {
      const std::string text = maker.text();
      const auto found = pattern.find(text, 0, text.size());
      if (!found || found->whole.begin == found->whole.end) continue;
      const std::size_t size = found->whole.end - found->whole.begin;
      const std::size_t begin = found->whole.begin + maker.pick(static_cast<unsigned>(size));
      const rules::Span keyword{begin, begin + 1 + maker.pick(static_cast<unsigned>(found->whole.end - begin))};
      for (const std::size_t reach : {std::size_t{3}, std::size_t{100}}) {
        const Gate::Room room = gate.look(text, keyword, reach, reach);
        ASSERT_TRUE(room.is_possible) << expression << "\n" << text;
        const bool is_cut = keyword.begin - found->whole.begin > reach;
        ASSERT_TRUE(is_cut || room.begin <= found->whole.begin) << expression << "\n" << text;
        ASSERT_TRUE(room.is_open || room.end >= found->whole.end) << expression << "\n" << text;
        ASSERT_LE(room.look.begin, keyword.begin);
        ASSERT_GE(room.look.end, keyword.end);
      }
      ++matches;
    }
  }
  EXPECT_GT(matches, 10'000);
}

TEST(Gate, TellsFromTheBytesAroundThatNothingIsThere) {
  const auto positions = rules::positions_of("\\b(acme_[a-z0-9]{20})\\b");
  ASSERT_TRUE(positions);
  Gate gate(*positions);
  const auto is_possible = [&](std::string_view text) {
    const std::size_t at = text.find("acme_");
    return gate.look(text, {at, at + 5}, 16, 32).is_possible;
  };
  EXPECT_TRUE(is_possible("acme_abcdefghijklmnopqrst"));
  EXPECT_FALSE(is_possible("acme_ and more"));
  EXPECT_FALSE(is_possible("my_acme_abcdefghijklmnopqrst")) << "no word begins there";
  EXPECT_FALSE(is_possible("ACME_acme_abc")) << "too short";
  EXPECT_FALSE(is_possible("acme_abcdefghijklmno more")) << "too short, though the automata see no difference";
}

// A set of positions that grows without end is cut: all states are forgotten, and made anew.
TEST(Gate, StaysRightWhenItForgets) {
  const std::string expression = "(?:a|b)*a(?:a|b){8}(?:a|b){8}c";
  const auto positions = rules::positions_of(expression);
  ASSERT_TRUE(positions);
  Gate gate(*positions);
  const rules::Pattern pattern(expression, 0);
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    while (text.size() < 200) text += "ab"[random() % 2];
    text += 'c';
    const auto found = pattern.find(text, 0, text.size());
    const Gate::Room room = gate.look(text, {100, 101}, 300, 300);
    ASSERT_TRUE(room.is_possible || !found || found->whole.begin > 100) << text;
  }
}

}  // namespace
}  // namespace sluice::scan
