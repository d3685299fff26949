#include "document/read.h"

namespace sluice::document {
namespace {

TEST(Yaml, KindsAndTexts) {
  const Document document = yaml("a: 1\nb: [x, 'y']\nc: {d: ~}\ne:\nf: |\n  two\n  lines\n");
  const Node& root = document.root;
  ASSERT_EQ(root.kind, Kind::mapping);
  ASSERT_EQ(root.entries.size(), 5u);
  EXPECT_EQ(root.find("a")->text, "1");
  EXPECT_EQ(root.find("b")->items.size(), 2u);
  EXPECT_FALSE(root.find("b")->items[0].quoted);
  EXPECT_TRUE(root.find("b")->items[1].quoted);
  EXPECT_EQ(root.find("c")->find("d")->kind, Kind::null);
  EXPECT_EQ(root.find("e")->kind, Kind::null);
  EXPECT_EQ(root.find("f")->text, "two\nlines\n");
  EXPECT_TRUE(root.find("f")->quoted);
  EXPECT_EQ(root.find("nothing"), nullptr);
}

TEST(Yaml, PositionsOfValues) {
  const Document document = yaml("key: value\nlist:\n  - one\n  - {a: b}\n");
  const Node& list = *document.root.find("list");
  EXPECT_EQ(span(*document.root.find("key")), "1:6-1:11");
  EXPECT_EQ(span(document.root.entries[0].key), "1:1-1:4");
  EXPECT_EQ(span(list), "3:3-4:11");
  EXPECT_EQ(span(list.items[0]), "3:5-3:8");
  EXPECT_EQ(span(list.items[1]), "4:5-4:11");
  EXPECT_EQ(span(document.root), "1:1-4:11");
}

TEST(Yaml, AnEmptyValueIsRightBehindItsColon) {
  const Document document = yaml("a:\n\n\nb: 1\n");
  EXPECT_EQ(span(*document.root.find("a")), "1:3-1:3");
}

TEST(Yaml, ColumnsCountCodePoints) {
  const Document document = yaml("größe: \"日本\" # ü\n\"ключ\": 1\n");
  EXPECT_EQ(span(document.root.entries[0].value), "1:8-1:12");
  EXPECT_EQ(span(document.root.entries[1].value), "2:9-2:10");
}

TEST(Yaml, LinesEndOnlyWhereGitSaysSo) {
  const Document document = yaml("a: 'x\u2028y'\nb: 2\n");
  EXPECT_EQ(span(document.root.entries[1].value), "2:4-2:5");
}

TEST(Yaml, DuplicateKeysAreKept) {
  const Document document = yaml("a: 1\na: 2\na: 3\n");
  ASSERT_EQ(document.root.entries.size(), 3u);
  EXPECT_EQ(document.root.entries[2].value.text, "3");
  EXPECT_EQ(at(document.root.entries[2].key.mark), "3:1");
}

TEST(Yaml, AnAliasIsACopyAtItsOwnPlace) {
  const Document document = yaml("base: &b\n  x: 1\nuse: *b\n");
  const Node& use = *document.root.find("use");
  EXPECT_TRUE(use.is_alias);
  EXPECT_EQ(span(use), "3:6-3:8");
  EXPECT_EQ(at(use.find("x")->mark), "2:6");
  EXPECT_FALSE(document.root.find("base")->is_alias);
}

TEST(Yaml, AliasesMayNest) {
  const Document document = yaml("a: &a [1]\nb: &b {k: *a}\nc: [*b, *a]\n");
  const Node& c = *document.root.find("c");
  ASSERT_EQ(c.items.size(), 2u);
  EXPECT_EQ(c.items[0].find("k")->items[0].text, "1");
  EXPECT_EQ(c.items[1].items[0].text, "1");
}

TEST(Yaml, TagsStayAsWritten) {
  const Document document =
      yaml("a: !!float 1\nb: !ENV x\nc: !<tag:yaml.org,2002:str> 2\nd: ! 3\n");
  EXPECT_EQ(document.root.find("a")->tag, "!!float");
  EXPECT_EQ(document.root.find("b")->tag, "!ENV");
  EXPECT_EQ(document.root.find("c")->tag, "!!str");
  EXPECT_EQ(document.root.find("d")->tag, "!");
}

TEST(Yaml, MergeKeysStayEntries) {
  const Document document = yaml("a: &a {x: 1}\nb:\n  <<: *a\n");
  EXPECT_EQ(document.root.find("b")->entries[0].key.text, "<<");
}

TEST(Yaml, CountsDocuments) {
  EXPECT_EQ(yaml("").documents, 0u);
  EXPECT_EQ(yaml("# nothing\n").documents, 0u);
  EXPECT_EQ(yaml("---\n").documents, 1u);
  const Document two = yaml("a: 1\n---\nb: 2\n");
  EXPECT_EQ(two.documents, 2u);
  EXPECT_EQ(at(two.second_document), "2:1");
  EXPECT_EQ(two.root.find("b"), nullptr);
  EXPECT_EQ(yaml("a: 1\n...\n---\nb: 2\n").documents, 2u);
}

TEST(Yaml, AnchorsEndWithTheirDocument) {
  EXPECT_EQ(yaml("a: &x 1\n---\na: &x 2\n").documents, 2u);
  EXPECT_EQ(yaml_error("a: &x 1\n---\na: *x\n"),
            "f.yaml:3:4: an alias without an anchor of its name before it "
            "(put the anchor at the value it means, or quote the text)");
}

TEST(Yaml, LinesAreTheSource) {
  const Document document = yaml("a: 1\r\n\r\nb: 2 # x");
  ASSERT_EQ(document.lines.size(), 3u);
  EXPECT_EQ(document.lines[0], "a: 1");
  EXPECT_EQ(document.lines[1], "");
  EXPECT_EQ(document.lines[2], "b: 2 # x");
  EXPECT_EQ(document.lines[3], "");
}

TEST(Yaml, CarriageReturnsDoNotShiftPositions) {
  const Document document = yaml("a: 1\r\nb:\r\n  c: 2\r\n");
  EXPECT_EQ(span(*document.root.find("b")->find("c")), "3:6-3:7");
}

struct BadYaml {
  std::string text;
  std::string error;
};

class YamlErrors : public ::testing::TestWithParam<BadYaml> {};

TEST_P(YamlErrors, NameThePlaceAndTheReason) {
  EXPECT_EQ(yaml_error(GetParam().text).substr(0, GetParam().error.size()), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    All, YamlErrors,
    ::testing::Values(
        BadYaml{"k: v\nk2\nk3: 3\n", "f.yaml:2:1: a key without its `:`"},
        BadYaml{"k: v\nk2\n", "f.yaml:2:1: a key without its `:`"},
        BadYaml{"a: b: c\n", "f.yaml:1:5: a `:` where no key may stand"},
        BadYaml{"a:\n\tb: 1\n", "f.yaml:2:1: a tab where YAML wants spaces"},
        BadYaml{"a: @x\n", "f.yaml:1:4: a plain value cannot begin with `@`"},
        BadYaml{"a: `x`\n", "f.yaml:1:4: a plain value cannot begin with ``"},
        BadYaml{"a:\n  b: 1\n c: 2\n", "f.yaml:3:2: this line fits no mapping around it"},
        BadYaml{"- a\nb: 1\n", "f.yaml:2:1: this line fits no list around it"},
        BadYaml{"a: [1, 2\nb: 3\n", "f.yaml:2:"},
        BadYaml{"a: {x: 1\n", "f.yaml:2:1: a mapping in `{ }` is not continued"},
        BadYaml{"a: 1\nb: \"open\nc: 2\n", "f.yaml:2:4: a quoted text that is never closed"},
        BadYaml{"a: \"\\q\"\n", "f.yaml:1:"},
        BadYaml{"a: *nobody\n", "f.yaml:1:4: an alias without an anchor"},
        BadYaml{"a: &a {b: *a}\n", "f.yaml:1:11: an alias inside of the value it names"},
        BadYaml{"a: &x 1\nb: &x 2\n",
                "f.yaml:2:4: an anchor of this name is defined already, in line 1"},
        BadYaml{"a: !foo!bar 1\n", "f.yaml:1:4: a tag handle that no %TAG line defines"},
        BadYaml{"%YAML 3.0\n---\na: 1\n", "f.yaml:1:1: a %YAML version that is not 1.1 or 1.2"},
        BadYaml{"a: 1\n...\nb: 2\n", "f.yaml:3:1: text behind the end of the document"},
        BadYaml{"a: 1\n---\nb: [\n", "f.yaml:4:1: "}));

}  // namespace
}  // namespace sluice::document
