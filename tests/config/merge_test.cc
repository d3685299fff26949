// Holds the merge against a reference merge in Python over PyYAML.
#include "config/merged.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>

#include "config/walk.h"
#include "document/scalar.h"
#include "support/command_lines.h"

namespace sluice::config {
namespace {

namespace fs = std::filesystem;
using document::Kind;
using document::Node;
using document::ScalarType;

// A file with its text, which must stay where it is.
struct Layer {
  File file;
  Source source;

  explicit Layer(const std::string& text) : file{"f.yaml", text} {
    source.file = &file;
    source.document = std::make_shared<const Result<document::Document>>(
        document::parse_yaml(text, "f.yaml"));
    EXPECT_TRUE(source.is_read()) << text;
  }
};

Merged merge(const Layer& base, const Layer& over, const MergeRules& rules = {}) {
  return merged({&base.source, &over.source}, rules);
}

// As the reference prints it; the texts of the test need no further conversion.
std::string plain_scalar(const Node& node) {
  switch (node.type) {
    case ScalarType::null:
      return "\"NoneType None\"";
    case ScalarType::boolean:
      return node.text == "yes" ? "\"bool True\"" : "\"bool False\"";
    case ScalarType::integer:
      return "\"int " + node.text + "\"";
    case ScalarType::real:
      return "\"float " + node.text + "\"";
    default:
      return "\"str " + node.text + "\"";
  }
}

std::string plain(const Merged& value) {
  if (value.kind == Kind::mapping) {
    std::map<std::string, std::string> sorted;
    for (const auto& entry : value.entries) sorted[entry.key->text] = plain(entry.value);
    std::string text;
    for (const auto& [key, shown] : sorted) {
      text += (text.empty() ? "" : ", ") + ("\"" + key + "\": " + shown);
    }
    return "{" + text + "}";
  }
  if (value.kind == Kind::sequence) {
    std::string text;
    for (const Merged& item : value.items) text += (text.empty() ? "" : ", ") + plain(item);
    return "[" + text + "]";
  }
  return plain_scalar(*value.given.value);
}

TEST(Merge, KeepsWhereEachValueCameFrom) {
  const Layer base("a: 1\nb: {c: 2, d: 3}\n");
  const Layer over("\n\nb: {c: 4}\ne: 5\n");
  const Merged all = merge(base, over);
  EXPECT_EQ(plain(all), R"({"a": "int 1", "b": {"c": "int 4", "d": "int 3"}, "e": "int 5"})");
  const Merged& c = *all.find("b")->find("c");
  EXPECT_EQ(c.given.source, &over.source);
  EXPECT_EQ(c.given.value->mark.line, 3u);
  ASSERT_EQ(c.overridden.size(), 1u);
  EXPECT_EQ(c.overridden[0].source, &base.source);
  EXPECT_EQ(c.overridden[0].key->mark.line, 2u);
  EXPECT_EQ(all.find("b")->find("d")->given.source, &base.source);
}

TEST(Merge, AppliesMergeKeysFirst) {
  const Layer base("x: &x {a: 1}\ny: {<<: *x, b: 2}\nz: [{<<: *x}]\n");
  const Layer over("y: {a: 3}\n");
  EXPECT_EQ(plain(merge(base, over)),
            R"({"x": {"a": "int 1"}, "y": {"a": "int 3", "b": "int 2"}, "z": [{"a": "int 1"}]})");
  EXPECT_NE(merge(base, Layer("{}")).find("y")->find("a")->given.via, nullptr);
}

TEST(Merge, FollowsTheLoadersStrategy) {
  const Layer base("a: {b: 1, c: 2}\nd: 3\nl: [1, 2, 3]\n");
  const Layer over("a: {b: 4}\nd: ~\nl: [5]\n");
  const auto with = [&](Strategy strategy) { return plain(merge(base, over, {strategy, {}})); };
  EXPECT_EQ(with(Strategy::deep),
            R"({"a": {"b": "int 4", "c": "int 2"}, "d": "NoneType None", "l": ["int 5"]})");
  EXPECT_EQ(with(Strategy::kedro_destructive),
            R"({"a": {"b": "int 4"}, "d": "NoneType None", "l": ["int 5"]})");
  EXPECT_EQ(with(Strategy::helm), R"({"a": {"b": "int 4", "c": "int 2"}, "l": ["int 5"]})");
  EXPECT_EQ(with(Strategy::dotnet), R"({"a": {"b": "int 4", "c": "int 2"}, "d": "NoneType None", )"
                                    R"("l": ["int 5", "int 2", "int 3"]})");
  EXPECT_EQ(plain(merge(Layer("k: 1\n"), Layer("k: ???\n"), {Strategy::omegaconf, {}})),
            R"({"k": "int 1"})");
}

TEST(Merge, NullTakesNothingAwayBelowAFlatKey) {
  const Layer base("a: {pool-size: 1}\nl: [1]\nd: 1\n");
  const Layer over("A: ~\nl: ~\nd: ~\n");
  EXPECT_EQ(plain(merge(base, over, {Strategy::spring, {}})),
            R"({"a": {"pool-size": "int 1"}, "d": "NoneType None", "l": ["int 1"]})");
  EXPECT_EQ(plain(merge(base, Layer("a: {poolSize: 2}\n"), {Strategy::spring, {}}).entries.front().value),
            R"({"poolSize": "int 2"})");
}

TEST(Merge, ListsAreSettablePerKey) {
  const Layer base("a: {l: [{name: x, v: 1}, {name: y, v: 2}]}\n");
  const Layer over("a: {l: [{name: y, v: 3}, {name: z}]}\n");
  const auto with = [&](ListRule rule) {
    return plain(merge(base, over, {Strategy::deep, {{"a.*", rule, "name"}}}));
  };
  EXPECT_EQ(with(ListRule::by_key),
            R"({"a": {"l": [{"name": "str x", "v": "int 1"}, {"name": "str y", "v": "int 3"}, )"
            R"({"name": "str z"}]}})");
  EXPECT_EQ(with(ListRule::keep), plain(merge(base, Layer("{}"))));
  EXPECT_EQ(with(ListRule::by_index),
            R"({"a": {"l": [{"name": "str y", "v": "int 3"}, {"name": "str z", "v": "int 2"}]}})");
  EXPECT_EQ(merge(base, over, {Strategy::deep, {{"a.l", ListRule::append, ""}}})
                .find("a")->find("l")->items.size(),
            4u);
}

// A random mapping in flow style; few keys, so that both sides often share them.
std::string random_mapping(std::mt19937& random, int depth) {
  static const std::array<const char*, 10> scalars = {"1", "2.5", "text", "'1'",  "null",
                                                      "~", "yes", "no",   "1e-5", "\"q\""};
  std::string text = "{";
  for (auto i = random() % 5; i > 0; --i) {
    text += std::string(1, "abcd"[random() % 4]) + ": ";
    const auto kind = random() % 10;
    if (kind < 4 && depth < 4) {
      text += random_mapping(random, depth + 1);
    } else if (kind == 4) {
      text += "[1, " + random_mapping(random, depth + 1) + "]";
    } else {
      text += scalars[random() % scalars.size()];
    }
    text += ", ";
  }
  return text + "}";
}

std::vector<std::string> ask_reference(const fs::path& folder, int count) {
  const std::string command = "/usr/bin/python3 '" SLUICE_SOURCE_DIR
                              "/tests/config/merge_reference.py' '" +
                              folder.string() + "' " + std::to_string(count);
  return sluice::testing::lines_of_command(command);
}

TEST(Merge, AgreesWithTheReference) {
  const char* wanted = std::getenv("SLUICE_DIFFERENTIAL");
  const int count = wanted == nullptr ? 800 : std::atoi(wanted);
  const fs::path folder = fs::temp_directory_path() / ("sluice-merge-" + std::to_string(getpid()));
  fs::create_directories(folder);
  std::mt19937 random(11);
  std::vector<std::pair<std::string, std::string>> pairs;
  for (int i = 0; i < count; ++i) {
    const std::string anchored =
        i % 3 == 0 ? "m: &m " + random_mapping(random, 2) + "\nn: {<<: *m, a: 1}\n" : "";
    const std::string text = "r: " + random_mapping(random, 0) + "\n";
    pairs.emplace_back(anchored + text,
                       (i % 2 == 0 ? "n: {b: 2}\n" : "") + ("r: " + random_mapping(random, 0)));
    std::ofstream(folder / (std::to_string(i) + ".base")) << pairs.back().first;
    std::ofstream(folder / (std::to_string(i) + ".override")) << pairs.back().second;
  }
  const std::vector<std::string> answers = ask_reference(folder, count);
  fs::remove_all(folder);
  ASSERT_EQ(answers.size(), pairs.size()) << "is python3-yaml installed?";
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const Layer base(pairs[i].first);
    const Layer over(pairs[i].second);
    EXPECT_EQ(plain(merge(base, over)), answers[i]) << pairs[i].first << "\n" << pairs[i].second;
  }
}

}  // namespace
}  // namespace sluice::config
