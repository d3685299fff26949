#include <chrono>

#include "document/read.h"

namespace sluice::document {
namespace {

using namespace std::string_literals;

std::string repeat(std::string_view piece, std::size_t count) {
  std::string text;
  text.reserve(piece.size() * count);
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

std::string alias_bomb(int levels) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < levels; ++i) {
    const std::string name = "a" + std::to_string(i);
    text += name + ": &" + name + " [" + repeat("*a" + std::to_string(i - 1) + ",", 9) + "]\n";
  }
  return text;
}

TEST(Hostile, AnAliasBombMeetsTheLimit) {
  EXPECT_EQ(yaml("a: &a [x, x]\nb: [*a, *a]\n").root.find("b")->items.size(), 2u);
  const std::string error = yaml_error(alias_bomb(9));
  EXPECT_NE(error.find("more than the limit of 1000000 values, aliases expanded"),
            std::string::npos)
      << error;
  EXPECT_EQ(error.substr(0, 9), "f.yaml:7:") << error;
}

TEST(Hostile, NodesAreCountedWithAliasesExpanded) {
  Limits limits;
  limits.nodes = 9;  // the root, two keys, [x, x], [*a, ...]
  EXPECT_EQ(yaml_error("a: &a [x]\nb: [*a, 1]\n", limits), "");
  EXPECT_EQ(yaml_error("a: &a [x]\nb: [*a, *a]\n", limits),
            "f.yaml:2:9: more than the limit of 9 values, aliases expanded");
}

TEST(Hostile, DepthIsBounded) {
  EXPECT_EQ(yaml_error(repeat("[", 128) + repeat("]", 128)), "");
  EXPECT_EQ(yaml_error(repeat("[", 129) + repeat("]", 129)),
            "f.yaml:1:129: nested deeper than the limit of 128 levels");
  EXPECT_EQ(yaml_error(repeat("- ", 100'000) + "x"),
            "f.yaml:1:257: nested deeper than the limit of 128 levels");
  EXPECT_EQ(yaml_error(repeat("{a: ", 100'000)),
            "f.yaml:1:513: nested deeper than the limit of 128 levels");
}

TEST(Hostile, AliasesDoNotEscapeTheDepth) {
  Limits limits;
  limits.depth = 3;
  EXPECT_EQ(yaml_error("a: &a [[x]]\nb: *a\n", limits), "");
  EXPECT_EQ(yaml_error("a: &a [[x]]\nb: [*a]\n", limits),
            "f.yaml:2:5: nested deeper than the limit of 3 levels");
}

TEST(Hostile, SizeIsBounded) {
  Limits limits;
  limits.bytes = 10;
  EXPECT_EQ(yaml_error("a: 3456789", limits), "");
  EXPECT_EQ(yaml_error("a: 34567890", limits), "f.yaml:1:1: larger than the limit of 10 bytes "
            "(split the file, or move the data out of the configuration)");
  EXPECT_EQ(json_error("[\"34567890\"]", limits), "f.json:1:1: larger than the limit of 10 bytes "
            "(split the file, or move the data out of the configuration)");
  EXPECT_EQ(parse_yaml("a: 34567890", "f", limits).error().kind, ErrorKind::limit_exceeded);
}

TEST(Hostile, DirectivesAreBounded) {
  EXPECT_EQ(yaml_error("%TAG !a! tag:x\n---\na: !a!b 1\n"), "");
  std::string text;
  for (int i = 0; i < 70; ++i) text += "%TAG !a" + std::to_string(i) + "! tag:x\n# x\n";
  EXPECT_EQ(yaml_error(text + "---\na: 1\n"), "f.yaml:129:1: more than the limit of 64 directives");
}

TEST(Hostile, BytesThatAreNoText) {
  EXPECT_EQ(yaml_error("a: 1\nb: x\0y\n"s).substr(0, 30), "f.yaml:2:5: a control characte");
  EXPECT_EQ(yaml_error("a: 1\nbü: \xff\n"),
            "f.yaml:2:5: not valid UTF-8: byte 0xFF (save the file as UTF-8)");
  EXPECT_EQ(yaml_error("a: \xed\xa0\x80\n").substr(0, 26), "f.yaml:1:4: not valid UTF-");
  EXPECT_EQ(yaml_error("a: \x1b[31m\n").substr(0, 30), "f.yaml:1:4: a control characte");
  EXPECT_NE(yaml_error("\xff\xfe\0\0a\0\0\0"s), "");
}

std::string utf16(std::string_view ascii, bool big_endian) {
  std::string text = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) text += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return text;
}

TEST(Hostile, ByteOrderMarksAndUtf16) {
  EXPECT_EQ(span(*yaml("\xEF\xBB\xBF"
                       "a: 1\n")
                      .root.find("a")),
            "1:4-1:5");
  for (const bool big_endian : {false, true}) {
    const Document document = yaml(utf16("a: 1\r\nbb: 2\r\n", big_endian));
    EXPECT_EQ(span(*document.root.find("bb")), "2:5-2:6");
    EXPECT_EQ(document.lines[1], "bb: 2");
    EXPECT_EQ(span(*json(utf16("{\"a\": 1}", big_endian)).root.find("a")), "1:7-1:8");
  }
  EXPECT_EQ(yaml("\xFF\xFE\x3D\xD8\x00\xDE"s).root.text, "\U0001F600");
  EXPECT_EQ(yaml_error("\xFF\xFE"
                       "a\0\x3D\xD8 \0"s),
            "f.yaml:1:2: not valid UTF-16 (save the file as UTF-8)");
  EXPECT_EQ(yaml_error("\xFF\xFE"
                       "a\0b"s),
            "f.yaml:1:2: not valid UTF-16 (save the file as UTF-8)");
}

// Time is the point: each of these must be linear. The bound is far above what they take.
TEST(Hostile, LargeInputsTakeLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  const std::size_t size = 2u << 20;
  EXPECT_EQ(yaml("a: " + std::string(size, 'x')).root.find("a")->text.size(), size);
  EXPECT_EQ(yaml(repeat("\n", size) + "a: 1").lines.size(), size + 1);
  EXPECT_EQ(yaml("[" + repeat("1,", 200'000) + "]").root.items.size(), 200'000u);
  EXPECT_EQ(json("[" + repeat("1,", 200'000) + "1]").root.items.size(), 200'001u);
  EXPECT_NE(yaml_error(repeat("&a ", 200'000)), "");
  EXPECT_NE(yaml_error(repeat("? ", 200'000)), "");
  EXPECT_NE(yaml_error("\"" + repeat("x\\\n", 200'000)), "");
  EXPECT_NE(yaml_error(repeat("%\n", 200'000)), "");
  EXPECT_EQ(yaml(repeat("---\n", 200'000)).documents, 200'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace sluice::document
