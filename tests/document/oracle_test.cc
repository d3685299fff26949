// Holds the YAML reader against PyYAML (positions, types, texts) and yaml-cpp (keys, texts).
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "document/merge_key.h"
#include "document/random_yaml.h"
#include "document/read.h"
#include "support/command_lines.h"

namespace sluice::document {
namespace {

namespace fs = std::filesystem;

std::string type_tag(const Node& node) {
  if (!node.tag.empty() && node.tag != "!") return std::string(node.tag);
  if (node.kind == Kind::sequence) return "!!seq";
  if (node.kind == Kind::mapping) return "!!map";
  if (is_merge_key(node)) return "!!merge";
  if (node.text == "=" && !node.quoted && node.tag.empty()) return "!!value";
  switch (node.type) {
    case ScalarType::null:
      return "!!null";
    case ScalarType::boolean:
      return "!!bool";
    case ScalarType::integer:
      return "!!int";
    case ScalarType::real:
      return "!!float";
    case ScalarType::timestamp:
      return "!!timestamp";
    default:
      return "!!str";
  }
}

void dump(const Node& node, std::size_t depth, std::string& into) {
  into += std::string(depth, ' ');
  if (node.is_alias) {
    into += "*\n";
    return;
  }
  into += at(node.mark) + " " + type_tag(node);
  if (node.kind == Kind::scalar || node.kind == Kind::null) {
    into += " ";
    for (const char c : node.text)
      into += c == '\n' ? "\\n" : c == '\\' ? "\\\\" : std::string(1, c);
  }
  into += "\n";
  for (const Entry& entry : node.entries) {
    dump(entry.key, depth + 1, into);
    dump(entry.value, depth + 1, into);
  }
  for (const Node& item : node.items) dump(item, depth + 1, into);
}

std::string dump(const std::string& text) {
  const auto document = parse_yaml(text, "f.yaml");
  if (!document) return "error\n";
  if (document->documents == 0) return "empty\n";
  std::string result;
  dump(document->root, 0, result);
  return result;
}

std::map<std::string, std::string> ask_pyyaml(const std::string& folder) {
  const std::string command = "PYTHONIOENCODING=utf-8 /usr/bin/python3 '" SLUICE_SOURCE_DIR
                              "/tests/document/oracle.py' '" +
                              folder + "'";
  std::map<std::string, std::string> answers;
  std::string* answer = nullptr;
  for (const std::string& line : sluice::testing::lines_of_command(command)) {
    if (line.starts_with("== ")) {
      answer = &answers[line.substr(3)];
    } else if (answer != nullptr) {
      *answer += line + "\n";
    }
  }
  return answers;
}

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Oracle, PyYamlReadsTheCorpusAlike) {
  const std::string folder = SLUICE_SOURCE_DIR "/fuzz/corpus/document_yaml";
  const auto answers = ask_pyyaml(folder);
  ASSERT_GT(answers.size(), 8u) << "is python3-yaml installed?";
  for (const auto& [name, answer] : answers) {
    EXPECT_EQ(dump(slurp(fs::path(folder) / name)), answer) << name;
  }
}

const std::vector<std::string> scalars = {"1",
                                                   "1e-5",
                                                   "-.5",
                                                   "no",
                                                   "012",
                                                   "0x1F",
                                                   "1:30",
                                                   "1:30.5",
                                                   "~",
                                                   "null",
                                                   "2024-01-15",
                                                   "'it''s'",
                                                   "\"a\\n\\u00e9\"",
                                                   "ü",
                                                   "[1, x]",
                                                   "{k: 1}",
                                                   "[]",
                                                   "{}",
                                                   "&x 1",
                                                   "*x",
                                                   "!!str 1",
                                                   "!t 2",
                                                   "a b",
                                                   ".inf",
                                                   "-.INF",
                                                   ".nan",
                                                   "1_0",
                                                   "+1.5e+3",
                                                   "8:61",
                                                   "0b1_1",
                                                   "0_",
                                                   "1__2",
                                                   "5.",
                                                   "=",
                                                   "<<",
                                                   "2024-1-5 1:00:00 +1",
                                                   "2024-1-5",
                                                   "|\n    lit\n    eral",
                                                   ">-\n    fol\n    ded",
                                                   "",
                                                   "# c",
                                                   "[a, [b, {c: d}], e]",
                                                   "{a: , b}",
                                                   "a: b",
                                                   "- x",
                                                   "@",
                                                   "\t1",
                                                   "1 # c",
                                                   "x#y",
                                                   "http://x:80/"};

const std::vector<std::string> starts = {
    "a: ", "b: ", "? k\n: ", "<<: ", "\"q\": ", "1: ", "true: "};

// libyaml takes a tab behind `:` or `-` as the blank that it is in YAML 1.2; PyYAML does not.
bool is_known_difference(const std::string& text) { return text.find('\t') != std::string::npos; }

TEST(Oracle, AgreesWithPyYaml) {
  const fs::path folder = fs::temp_directory_path() / ("sluice-oracle-" + std::to_string(getpid()));
  fs::create_directories(folder);
  const int count = differential_count(1500);
  std::mt19937 random(20'240'611);
  std::map<std::string, std::string> texts;
  for (int i = 0; i < count; ++i) {
    const std::string name = std::to_string(i);
    texts[name] = random_yaml(random, starts, scalars);
    std::ofstream(folder / name, std::ios::binary) << texts[name];
  }
  const auto answers = ask_pyyaml(folder.string());
  fs::remove_all(folder);
  ASSERT_EQ(answers.size(), texts.size());
  int valid = 0;
  for (const auto& [name, text] : texts) {
    const std::string mine = dump(text);
    if (mine != answers.at(name) && is_known_difference(text)) continue;
    EXPECT_EQ(mine, answers.at(name)) << text;
    valid += mine == "error\n" ? 0 : 1;
  }
  EXPECT_GT(valid, count * 4 / 10);
  EXPECT_LT(valid, count * 97 / 100);
}

// Same kinds, keys and texts; yaml-cpp tells nothing of duplicates, tags' prefixes or styles.
void compare(const Node& mine, const YAML::Node& theirs, const std::string& place) {
  if (mine.kind == Kind::null) {
    EXPECT_TRUE(theirs.IsNull() || theirs.Scalar() == mine.text) << place;
  } else if (mine.kind == Kind::scalar) {
    ASSERT_TRUE(theirs.IsScalar()) << place;
    EXPECT_EQ(theirs.Scalar(), mine.text) << place;
  } else if (mine.kind == Kind::sequence) {
    ASSERT_TRUE(theirs.IsSequence()) << place;
    ASSERT_EQ(theirs.size(), mine.items.size()) << place;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
      compare(mine.items[i], theirs[i], place + "/" + std::to_string(i));
    }
  } else {
    ASSERT_TRUE(theirs.IsMap()) << place;
    ASSERT_EQ(theirs.size(), mine.entries.size()) << place;
    std::size_t i = 0;
    for (const auto& pair : theirs) {
      compare(mine.entries[i].key, pair.first, place + "/key");
      compare(mine.entries[i].value, pair.second, place + "/" + mine.entries[i].key.text);
      ++i;
    }
  }
}

TEST(Oracle, YamlCppReadsValidDocumentsAlike) {
  std::mt19937 random(7);
  int compared = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::string text = random_yaml(random, starts, scalars);
    const auto document = parse_yaml(text, "f.yaml");
    if (!document || document->documents != 1) continue;
    try {
      compare(document->root, YAML::Load(text), "root of\n" + text);
      ++compared;
    } catch (const YAML::Exception&) {
      continue;  // stricter than YAML asks, for instance about a comment behind `---`
    }
  }
  EXPECT_GT(compared, 500);
}

}  // namespace
}  // namespace sluice::document
