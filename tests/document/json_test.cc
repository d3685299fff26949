#include "document/read.h"

namespace sluice::document {
namespace {

using namespace std::string_literals;

TEST(Json, KindsTextsAndPositions) {
  const Document document =
      json("{\"a\": [1, -2.5e3, true, null],\n \"b\": {\"ü\": \"x\\n\\u00e9\\ud83d\\ude00\"}}\n");
  const Node& list = *document.root.find("a");
  ASSERT_EQ(list.items.size(), 4u);
  EXPECT_EQ(list.items[1].text, "-2.5e3");
  EXPECT_EQ(list.items[0].type, ScalarType::integer);
  EXPECT_EQ(list.items[1].type, ScalarType::real);
  EXPECT_EQ(list.items[2].type, ScalarType::boolean);
  EXPECT_EQ(list.items[3].kind, Kind::null);
  EXPECT_EQ(span(list), "1:7-1:30");
  const Node& text = *document.root.find("b")->find("ü");
  EXPECT_EQ(text.text, "x\né😀");
  EXPECT_EQ(span(text), "2:13-2:36");
  EXPECT_EQ(span(document.root), "1:1-2:38");
}

TEST(Json, DuplicateKeysAreKept) {
  const Document document = json("{\"a\": 1, \"a\": 2}");
  ASSERT_EQ(document.root.entries.size(), 2u);
  EXPECT_EQ(at(document.root.entries[1].key.mark), "1:10");
}

TEST(Json, EveryValueMayBeTheRoot) {
  EXPECT_EQ(json("\"x\"").root.text, "x");
  EXPECT_EQ(json(" 0 ").root.text, "0");
  EXPECT_EQ(json("null").root.kind, Kind::null);
  EXPECT_EQ(json("[]").root.kind, Kind::sequence);
  EXPECT_EQ(json("{}").root.kind, Kind::mapping);
  EXPECT_EQ(json("[[],{}]").root.items.size(), 2u);
}

TEST(Json, DepthIsBounded) {
  const std::string deep(100'000, '[');
  EXPECT_EQ(json_error(deep), "f.json:1:129: nested deeper than the limit of 128 levels");
}

class BadJson : public ::testing::TestWithParam<std::string> {};

TEST_P(BadJson, IsRefusedWithAPlace) {
  EXPECT_EQ(json_error(GetParam()).substr(0, 7), "f.json:") << GetParam();
}

INSTANTIATE_TEST_SUITE_P(
    All, BadJson,
    ::testing::Values("", " ", "{", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}",
                      "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}", "{1:2}", "]", "}", "[1}",
                      "{\"a\":1]", "01", "-", "1.", ".5", "1e", "1e+", "+1", "0x1", "1.2.3", "00",
                      "NaN", "Infinity", "-Infinity", "nul", "truex", "1 2", "[] []", "\"", "\"a",
                      "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"",
                      "\"\\ud800\\u0041\"", "\"a\nb\"", "\"a\tb\"", "// c\n1", "/* c */ 1", "[1] # c",
                      "\"\x01\"", "\"a\0b\""s, "1\0"s, "\xff", "\v1"));

TEST(Json, ErrorsPointAtTheMistake) {
  EXPECT_EQ(json_error("{\"a\": 1,\n \"b\" 2}"), "f.json:2:6: expected `:` behind the key");
  EXPECT_EQ(json_error("{\"a\": 1,\n}"),
            "f.json:2:1: a `,` before the end (take the last comma away)");
  EXPECT_EQ(json_error("[\"ü\", \"x]"),
            "f.json:1:7: a text that is never closed (add the closing quote)");
  EXPECT_EQ(json_error("[1] x"), "f.json:1:5: text behind the end of the value");
}

}  // namespace
}  // namespace sluice::document
