#include "report/snippet.h"

#include <gtest/gtest.h>

#include "report/sample.h"

namespace sluice::report {
namespace {
namespace snippet_tests {

const Painter no_colour(false);

TEST(Snippet, CaretsStandUnderTheMark) {
  EXPECT_EQ(draw_snippet(12, {"key = ", "[secret]", ";"}, {}, no_colour),
            "  12 | key = [secret];\n"
            "     |       ^^^^^^^^\n");
}

TEST(Snippet, TabsWideAndCombiningCharactersKeepTheCaretsInPlace) {
  EXPECT_EQ(draw_snippet(1, {"\t\xE8\xA8\xAD: ", "x", ""}, {}, no_colour),
            "   1 |     \xE8\xA8\xAD: x\n"
            "     |         ^\n");
  EXPECT_EQ(display_width("e\xCC\x81"), 1u);
  EXPECT_EQ(display_width("\xE8\xA8\xAD"), 2u);
}

TEST(Snippet, LongLinesAreCutAroundTheMark) {
  const std::string text = draw_snippet(
      1, {std::string(5000, 'a'), "SECRET", std::string(5000, 'b')}, {4, 60, "1"}, no_colour);
  const std::string first = text.substr(0, text.find('\n'));
  EXPECT_EQ(display_width(first), 60u);
  EXPECT_NE(first.find("aSECRETb"), std::string::npos);
  const std::string second = text.substr(text.find('\n') + 1);
  EXPECT_EQ(display_width(first.substr(0, first.find("SECRET"))), second.find('^'));
}

TEST(Snippet, AMarkLongerThanTheLineIsCutToo) {
  const std::string text =
      draw_snippet(1, {"a", std::string(900, 'm'), "b"}, {4, 10, "1"}, no_colour);
  EXPECT_LE(display_width(text.substr(0, text.find('\n'))), 50u);
}

TEST(Snippet, ColourOnlyWhenAsked) {
  EXPECT_EQ(no_colour.paint("1", "x"), "x");
  EXPECT_EQ(Painter(true).paint("1", "x"), "\x1b[1mx\x1b[0m");
}

TEST(Snippet, WrapsAtSpacesAndKeepsLongWords) {
  EXPECT_EQ(wrap("one two three four", 2, 12), "  one two\n  three four\n");
  EXPECT_EQ(wrap("averyveryverylongword b", 2, 8), "  averyveryverylongword\n  b\n");
  EXPECT_EQ(wrap("a\nb", 0, 80), "a\\nb\n");
  EXPECT_EQ(wrap("", 2, 80), "  \n");
}

TEST(Shown, AFindingWithoutSecretIsMarkedByItsColumns) {
  const ShownLine line = shown_line(sample::clash(), true);
  EXPECT_EQ(line.before, "  port: ");
  EXPECT_EQ(line.marked, "\"8080\"");
  EXPECT_EQ(line.after, "");
  Finding beyond = sample::clash();
  beyond.at.column = 4'000'000'000;
  EXPECT_EQ(shown_line(beyond, true).before, "  port: \"8080\"");
}

TEST(Shown, PlacesWithoutPathAreNamed) {
  EXPECT_EQ(place(sample::token()), "src/app/config.py:12:14");
  EXPECT_EQ(place(sample::in_message()), "commit message dddddddddddd:3:8");
  EXPECT_EQ(place(sample::tracked_env()), "services/api/.env");
  Finding input;
  input.origin.kind = OriginKind::input;
  input.at.line = 4;
  EXPECT_EQ(place(input), "standard input:4");
}

TEST(Shown, ASecretRepeatedElsewhereIsLeftOut) {
  const Finding finding = sample::token();
  const std::string secret = sample::secret_text();
  EXPECT_EQ(without_secret("a " + secret + secret + " b", finding, true),
            "a [secret, 40 characters][secret, 40 characters] b");
  EXPECT_EQ(without_secret(secret, finding, false), secret);
}

TEST(Shown, OnlyPlainWebAddressesAreLinked) {
  EXPECT_TRUE(is_web_url("https://example.com/a?b=c#d"));
  EXPECT_FALSE(is_web_url("javascript:alert(1)"));
  EXPECT_FALSE(is_web_url("https://example.com/\"onclick"));
  EXPECT_FALSE(is_web_url("https://example.com/a b"));
  EXPECT_FALSE(is_web_url(""));
}

TEST(Shown, MarkupIsEscapedAndStaysXml) {
  EXPECT_EQ(escape_markup("<a b=\"c\">&'\x1b\n"), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;\\x1b\\n");
  EXPECT_EQ(escape_markup("\xEF\xBF\xBF|\xEF\xBF\xBE"), "\xEF\xBF\xBD|\xEF\xBF\xBD");
}

}  // namespace snippet_tests
}  // namespace
}  // namespace sluice::report
