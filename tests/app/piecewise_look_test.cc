#include "app/piecewise_look.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "app/inner_hits.h"
#include "app/make_scanner.h"
#include "base/radix.h"
#include "rules/rule_set.h"
#include "rules/template.h"
#include "support/builtin_rules.h"

namespace sluice::app {
namespace {

const scan::Scanner& scanner() {
  static const scan::Scanner scanner(sluice::testing::builtin_rules());
  return scanner;
}

// Small, so that a text has many windows; a window's sides are still wider than what rules look at.
constexpr PiecewiseLook::Sizes small{16384, 65536, 4096};

bool holds_nothing(std::string_view text, const PiecewiseLook::Sizes& sizes = small) {
  PiecewiseLook look(scanner(), 2, sizes);
  return look.holds_nothing(text.size(), [&](char* out, std::size_t room) -> Result<std::size_t> {
    const std::size_t count = std::min(room, text.size());
    std::memcpy(out, text.data(), count);
    text.remove_prefix(count);
    return count;
  });
}

std::string source_text(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  static constexpr std::string_view words[] = {"return", "token", "key", "int", "value", "password", "of", "user", "auth"};
  std::string text;
  while (text.size() < size) {
    text += "  ";
    for (int i = 0; i < 6; ++i) text += std::string(words[random() % std::size(words)]) + (random() % 4 == 0 ? "->" : " ");
    text += random() % 4 == 0 ? "\n  password = read_password(user);\n" : "\n";
  }
  text.resize(size);
  return text;
}

TEST(PiecewiseLook, FindsNothingWhereNothingIs) {
  for (const std::size_t size : {20'000, 16'384, 100'000, 500'001}) {
    const std::string text = source_text(size, 1);
    ASSERT_FALSE(could_hold_hits(scanner(), text)) << size;
    EXPECT_TRUE(holds_nothing(text)) << size;
  }
}

TEST(PiecewiseLook, MissesNothingWhereverItStands) {
  const std::string token = *rules::expand_template("ghp_{{alnum:36}}", "piecewise");
  const std::string encoded = base::encode_base64("user = me, token = " + token + "\n");
  const std::string key = "-----BEGIN " "RSA PRIVATE KEY-----\n" + *rules::expand_template("{{base64:1600}}", "key") + "\n-----END " "RSA PRIVATE KEY-----\n";
  std::mt19937 random(3);
  for (int round = 0; round < 24; ++round) {
    std::string text = source_text(200'000, static_cast<unsigned>(round));
    if (round < 3) {
      ASSERT_TRUE(holds_nothing(text)) << round;
    }
    // Half of them across the seam of two windows.
    std::size_t at = random() % text.size();
    if (round % 2 == 0) at = 16384 * (1 + random() % 11) - random() % 60;
    const std::string& hidden = round % 3 == 0 ? token : round % 3 == 1 ? encoded : key;
    text.replace(at, 0, "\n" + hidden + "\n");
    ASSERT_TRUE(could_hold_hits(scanner(), text)) << round;
    EXPECT_FALSE(holds_nothing(text)) << round << " at " << at;
  }
}

TEST(PiecewiseLook, LeavesWhatHasToBeDecodedAndWhatCannotBeRead) {
  const std::string text = source_text(60'000, 5);
  EXPECT_FALSE(holds_nothing("\xEF\xBB\xBF" + text));
  std::string wide;
  for (const char c : text) wide += {c, '\0'};
  EXPECT_FALSE(holds_nothing(wide));
  EXPECT_FALSE(holds_nothing("{\n" + text + "\"nbformat\": 4}"));
  PiecewiseLook look(scanner(), 1, small);
  EXPECT_FALSE(look.holds_nothing(100'000, [](char*, std::size_t) -> Result<std::size_t> {
    return fail(ErrorKind::corrupt, "damaged");
  }));
}

TEST(PiecewiseLook, LeavesALongRunOfWhatMayBeEncoded) {
  const std::string text = source_text(60'000, 6);
  EXPECT_FALSE(holds_nothing(text + base::encode_base64(source_text(150'000, 7)) + text));
}

TEST(PiecewiseLook, LooksAtBinaryBytesToo) {
  std::mt19937 random(8);
  std::string bytes(300'000, '\0');
  for (char& c : bytes) c = static_cast<char>(random() % 5 == 0 ? 0 : random());
  EXPECT_EQ(holds_nothing(bytes), !could_hold_hits(scanner(), bytes));
  bytes.replace(250'000, 0, *rules::expand_template("\n ghp_{{alnum:36}} \n", "binary"));
  EXPECT_FALSE(holds_nothing(bytes));
}

}  // namespace
}  // namespace sluice::app
