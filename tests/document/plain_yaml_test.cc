#include "document/plain_yaml.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "document/random_yaml.h"

namespace sluice::document {
namespace {

// All that a tree holds, positions included.
std::string drawn_tree(const Node& node) {
  std::string text = fmt::format("{}{}{}@{}:{}-{}:{}'{}'", static_cast<int>(node.kind), to_string(node.type),
                                 node.quoted ? "q" : "", node.mark.line, node.mark.column, node.end.line,
                                 node.end.column, node.text);
  for (const Entry& entry : node.entries) text += "\n{" + drawn_tree(entry.key) + "=" + drawn_tree(entry.value) + "}";
  for (const Node& item : node.items) text += "\n[" + drawn_tree(item) + "]";
  return text;
}

bool is_plain(const std::string& text, const Limits& limits = {}) {
  return read_plain_yaml(Lines(text), YamlSchema::yaml_1_1, limits).has_value();
}

// The mark of a document's end changes nothing but that libyaml reads it.
std::string by_libyaml(const std::string& text) {
  const std::string marked = text + (text.ends_with('\n') ? "...\n" : "\n...\n");
  EXPECT_FALSE(is_plain(marked));
  const auto document = parse_yaml(marked, "a.yaml");
  return document ? drawn_tree(document->root) : "error";
}

std::string by_both(const std::string& text) {
  const auto document = parse_yaml(text, "a.yaml");
  return document ? drawn_tree(document->root) : "error";
}

TEST(PlainYaml, ReadsWhatMostConfigurationIsWrittenIn) {
  const std::string text =
      "# comment\n"
      "a: 1   # one\n"
      "b:\n"
      "  c: \"quoted # text\"\n"
      "  d: 'it'\n"
      "  e:\n"
      "\n"
      "  list:\n"
      "  - x: 1\n"
      "    y: -2\n"
      "  - http://host:80/a#b\n"
      "  deeper:\n"
      "      - -.5\n"
      "f: ${VAR:-no}\n"
      "g:\n";
  EXPECT_TRUE(is_plain(text));
  EXPECT_EQ(by_both(text), by_libyaml(text));
}

TEST(PlainYaml, LeavesAllElseToLibyaml) {
  for (const char* text :
       {"", "# only\n", "a\n", "a: [1]\n", "a: {b: 1}\n", "a: &x 1\n", "a: *x\n", "a: !t 1\n", "a: |\n  b\n",
        "a: b\n  c\n", "a:\n  b c\n", "a: b: c\n", "a: b:\n", "a: 'b''c'\n", "a: \"\\n\"\n", "\"a\": 1\n", "? a\n",
        "<<: 1\n", "---\na: 1\n", "a: 1\n---\nb: 1\n", "a: \xc3\xa4\n", "a:\t1\n", "a: 1\r\n", " a: 1\n", "a : 1\n",
        "a:1\n", "- - 1\n", "-\n", "- a\n b: 1\n", "a: 1\n  b: 1\n", "a:\n  - 1\n b: 1\n", "a: \"x\" y\n",
        "a: 'open\n", "a: -\n", "a: - b\n", "a: @b\n", "%YAML 1.1\n"}) {
    EXPECT_FALSE(is_plain(text)) << text;
  }
}

TEST(PlainYaml, LeavesWhatBreaksALimitToLibyaml) {
  const std::string text = "a:\n  - b: 1\n";  // 6 values, 3 levels
  EXPECT_TRUE(is_plain(text, {.depth = 3, .nodes = 6}));
  EXPECT_FALSE(is_plain(text, {.depth = 2, .nodes = 6}));
  EXPECT_FALSE(is_plain(text, {.depth = 3, .nodes = 5}));
  const auto document = parse_yaml(text, "a.yaml", {.depth = 3, .nodes = 5});
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().kind, ErrorKind::limit_exceeded);
  EXPECT_EQ(document.error().where, "a.yaml:2:8");
}

std::string piece_of(std::mt19937& random, const std::vector<std::string>& from) {
  return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random)];
}

std::string random_plain(std::mt19937& random) {
  static const std::vector<std::string> keys = {"a:", "b_1:", "no:", "c.d:", "12:", "- ", "- x:", "null:", "a/b:", "-  y: 1"};
  static const std::vector<std::string> values = {"", " 1", " no", " text of words", " \"q # q\"", " 'q'  # c", " 1e-5", " ~",
                                                  " -x", " #", " a#b", " $X:8", " 22:22", " <x>", " ''", " a  # b : c"};
  std::string text;
  for (unsigned i = 1 + random() % 8; i > 0; --i) {
    text += std::string(2 * (random() % 3), ' ') + piece_of(random, keys) + piece_of(random, values) + "\n";
    if (random() % 8 == 0) text += piece_of(random, {"\n", "  # comment\n", "   \n", "#\n"});
  }
  return text;
}

TEST(PlainYaml, AgreesWithLibyaml) {
  std::mt19937 random(5);
  const int count = differential_count(20000);
  int plain = 0;
  for (int i = 0; i < count; ++i) {
    std::string text = random_plain(random);
    if (random() % 4 == 0) text[random() % text.size()] = piece_of(random, {" ", ":", "-", "#", "'", "\n", "a", "\""})[0];
    if (random() % 16 == 0) text.pop_back();
    if (!is_plain(text)) continue;
    ++plain;
    ASSERT_EQ(by_both(text), by_libyaml(text)) << text;
  }
  EXPECT_GT(plain, count / 50);
  RecordProperty("plain", plain);
}

}  // namespace
}  // namespace sluice::document
