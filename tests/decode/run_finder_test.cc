#include "decode/run_finder.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/radix.h"
#include "decode/decoder.h"
#include "decode/run_at.h"

namespace sluice::decode {
namespace {

const std::string sentence = "user = me, and the value is here: 12345, until the end";

EncodedRuns runs_of(std::string_view text) {
  EncodedRuns runs;
  find_runs(text, 0, text.size(), runs);
  return runs;
}

// What the only run of `text` stands for.
std::string only(std::string_view text) {
  const EncodedRuns runs = runs_of(text);
  if (runs.size() != 1) return "runs: " + std::to_string(runs.size());
  return decode(text, runs.front()).text;
}

std::string wrapped(std::string_view text, std::size_t width, std::string_view between) {
  std::string lines;
  for (std::size_t at = 0; at < text.size(); at += width) {
    if (at > 0) lines += between;
    lines += text.substr(at, width);
  }
  return lines;
}

TEST(RunFinder, FindsBase64WhereverItStands) {
  const std::string encoded = base::encode_base64(sentence);
  EXPECT_EQ(only(encoded), sentence);
  EXPECT_EQ(only("key: \"" + encoded + "\",\n"), sentence);
  EXPECT_EQ(only("data:text/plain;base64," + encoded), sentence);
  EXPECT_EQ(only("a=" + base::encode_base64url(sentence)), sentence);
}

TEST(RunFinder, JoinsWrappedLines) {
  const std::string encoded = base::encode_base64(sentence + sentence + sentence);
  for (const std::string between : {"\n", "\r\n", "\n    ", "\\n"}) {
    const std::string text = "key: |\n    " + wrapped(encoded, 64, between) + "\nnext: value\n";
    EXPECT_EQ(only(text), sentence + sentence + sentence) << between;
  }
}

TEST(RunFinder, LeavesTheNextLineAlone) {
  const std::string text = "password: " + base::encode_base64("0123456789abcdefghijklmnopqrstuvwxyz") + "\nusername: me\n";
  EXPECT_EQ(only(text), "0123456789abcdefghijklmnopqrstuvwxyz");
}

TEST(RunFinder, FindsHexadecimal) {
  std::string digits;
  for (const char c : sentence) {
    constexpr const char* hex = "0123456789abcdef";
    digits += hex[static_cast<unsigned char>(c) >> 4];
    digits += hex[c & 15];
  }
  EXPECT_EQ(only(digits), sentence);
  EXPECT_EQ(only("x = 0x" + digits + ";"), sentence);
}

TEST(RunFinder, ReadsEscapes) {
  EXPECT_EQ(only("url=db%3A%2F%2Fme%3Apw%40host/x"), "url=db://me:pw@host/x");
  EXPECT_EQ(only("{\"a\": \"token\\u003dabc\\u0026\"}"), "token=abc&");
  EXPECT_EQ(only("s = '\\x74\\x6f\\x6b\\x65\\x6e'"), "token");
  EXPECT_EQ(only("a value=&quot;b&#61;c&#x3d;d&amp;&quot;"), "value=\"b=c=d&\"");
  EXPECT_EQ(only("token=3Dabc=\ndef"), "token=abcdef");
}

TEST(RunFinder, PassesOverWhatIsNoText) {
  const std::string nothing[] = {
      "da39a3ee5e6b4b0d3255bfef95601890afd80709",                  // a digest
      "some_very_long_identifier_of_a_function_in_a_program",
      "/usr/share/doc/packages/something/else/entirely/README",
      "-----------------------------------------------------",
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP",  // a picture
      "printf(\"%08x %d %s\\n\", a, b);", "if (a == b && c != d) x = 3;"};
  for (const std::string& text : nothing) EXPECT_TRUE(runs_of(text).empty()) << text;
}

TEST(RunFinder, TellsWhereBytesCameFrom) {
  const std::string text = "x: " + base::encode_base64(sentence);
  const Decoded decoded = decode(text, runs_of(text).front());
  ASSERT_EQ(decoded.from.size(), decoded.text.size() + 1);
  EXPECT_EQ(decoded.from[0], 0u);
  EXPECT_EQ(decoded.from[3], 4u);
  EXPECT_EQ(decoded.from.back(), text.size() - 3);
}

TEST(Inflate, HasALimitAndReadsWhatIsDamaged) {
  // gzip of 40 times "word ", made with Python's gzip.compress(b"word " * 40, mtime=0).
  const std::string gzip = *base::decode_hex("1f8b08000000000002032bcf2f4a51281ffa0400655db5cdc8000000");
  bool is_cut = false;
  const auto text = inflate(gzip, 1000, is_cut);
  ASSERT_TRUE(text);
  EXPECT_FALSE(is_cut);
  EXPECT_EQ(text->substr(0, 10), "word word ");
  EXPECT_EQ(inflate(gzip, 20, is_cut)->size(), 20u);
  EXPECT_TRUE(is_cut);
  EXPECT_FALSE(inflate("no gzip at all", 1000, is_cut));
}

// Every place at which digits begin is asked by itself.
EncodedRuns found_one_by_one(std::string_view text) {
  EncodedRuns runs;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (base::base64_digit(text[at]) < 0 || (at > 0 && base::base64_digit(text[at - 1]) >= 0)) continue;
    auto run = run_at(text, at, Encoding::hex);
    if (!run) run = run_at(text, at, Encoding::base64);
    if (run) runs.push_back(*run);
  }
  return runs;
}

TEST(RunFinder, FindsEachRunOfDigitsWhereverItLies) {
  std::mt19937 random(7);
  // Digits of each alphabet, and what stands between `+` and `z` without being one.
  constexpr std::string_view digits = "aZ90+/-_QmFzZTY0";
  constexpr std::string_view others = " :;,.<=>?@[]^`\n(";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    while (text.size() < 300) {
      const std::size_t length = random() % 40;
      for (std::size_t i = 0; i < length; ++i) text += digits[random() % digits.size()];
      text += others[random() % others.size()];
    }
    EncodedRuns found;
    find_runs(text, 0, text.size(), found);
    std::erase_if(found, [](const EncodedRun& run) { return run.encoding != Encoding::base64 && run.encoding != Encoding::hex; });
    const EncodedRuns expected = found_one_by_one(text);
    ASSERT_EQ(found.size(), expected.size()) << text;
    for (std::size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i].anchor, expected[i].anchor) << text;
  }
}

}  // namespace
}  // namespace sluice::decode
