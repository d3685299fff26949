// Holds the merge against a reference merge in Python over PyYAML.
#include "config/merge.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include "config/walk.h"
#include "document/scalar.h"

namespace sluice::config {
namespace {

namespace fs = std::filesystem;
using document::Kind;
using document::Node;
using document::ScalarType;

document::Document parse(const std::string& text) {
  auto document = document::parse_yaml(text, "f.yaml");
  EXPECT_TRUE(document) << text;
  return document ? std::move(*document) : document::Document{};
}

// As the reference prints it; the texts of the test need no further conversion.
std::string plain(const Node& node) {
  if (node.kind == Kind::mapping) {
    std::map<std::string, std::string> sorted;
    for (const auto& entry : node.entries) sorted[entry.key.text] = plain(entry.value);
    std::string text;
    for (const auto& [key, shown] : sorted) {
      text += (text.empty() ? "" : ", ") + ("\"" + key + "\": " + shown);
    }
    return "{" + text + "}";
  }
  if (node.kind == Kind::sequence) {
    std::string text;
    for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + plain(item);
    return "[" + text + "]";
  }
  switch (resolve(node)) {
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

TEST(Merge, KeepsWhereEachValueCameFrom) {
  const auto base = parse("a: 1\nb: {c: 2, d: 3}\n");
  const auto over = parse("\n\nb: {c: 4}\ne: 5\n");
  const Node merged = merge(base.root, over.root);
  EXPECT_EQ(plain(merged), R"({"a": "int 1", "b": {"c": "int 4", "d": "int 3"}, "e": "int 5"})");
  EXPECT_EQ(merged.find("b")->find("c")->mark.line, 3u);
  EXPECT_EQ(merged.find("b")->find("d")->mark.line, 2u);
}

TEST(Merge, AppliesMergeKeysFirst) {
  const auto base = parse("x: &x {a: 1}\ny: {<<: *x, b: 2}\nz: [{<<: *x}]\n");
  const auto over = parse("y: {a: 3}\n");
  EXPECT_EQ(plain(merge(base.root, over.root)),
            R"({"x": {"a": "int 1"}, "y": {"a": "int 3", "b": "int 2"}, "z": [{"a": "int 1"}]})");
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
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string output;
  std::array<char, 4096> buffer;
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
    output.append(buffer.data(), size);
  }
  std::vector<std::string> lines;
  std::istringstream stream(output);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(Merge, AgreesWithTheReference) {
  constexpr int count = 800;
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
    const auto base = parse(pairs[i].first);
    const auto over = parse(pairs[i].second);
    EXPECT_EQ(plain(merge(base.root, over.root)), answers[i]) << pairs[i].first << "\n"
                                                              << pairs[i].second;
  }
}

}  // namespace
}  // namespace sluice::config
