// Holds the YAML reader in its 1.2 mode against ruamel.yaml and js-yaml: values and types of random texts.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/text.h"
#include "document/random_yaml.h"
#include "document/read.h"
#include "support/command_lines.h"

namespace sluice::document::yaml_1_2 {
namespace {

namespace fs = std::filesystem;

// Without what the two take otherwise than the core schema says: `-.5` and `+.5` (texts to js-yaml), `0b1` and
// `1_0` (numbers to both), dates (js-yaml: texts), `=` (refused by ruamel), merge keys and unknown tags.
const std::vector<std::string> scalars = {
    "1", "1e-5", "no", "012", "08", "0x1F", "0o17", "~", "null", "NULL", "True", "'it''s'", "\"a\\n\\u00e9\"",
    "ü", "[1, x]", "{k: 1}", "[]", "{}", "&x 1", "*x", "!!str 1", "a b", ".inf", "-.INF", ".nan", "1:30", "+12",
    "5.", ".5", "1.5e+3", "1E5", "22:22", "on", "y", "|\n    lit\n    eral", ">-\n    fol\n    ded", "", "# c",
    "[a, [b, {c: d}], e]", "{a: , b}", "a: b", "- x", "@", "1 # c", "x#y", "http://x:80/", "3.10", "1,000",
    "12345678901", "0.0.0.0", "None", "1e400x"};
// No key `1`: it is `true` to a Python dictionary.
const std::vector<std::string> starts = {"a: ", "b: ", "? k\n: ", "\"q\": ", "2: ", "true: ", "a b: "};

std::string number(const Node& node) {
  const std::string_view text = node.text;
  double value = 0;
  if (text.find("nan") != text.npos || text.find("NaN") != text.npos) return "nan";
  if (base::to_lower(text).find("inf") != std::string::npos) return text.starts_with('-') ? "-inf" : "inf";
  if (text.starts_with("0o")) {
    value = static_cast<double>(std::stoll(node.text.substr(2), nullptr, 8));
  } else {
    value = std::strtod(node.text.c_str(), nullptr);
  }
  return fmt::format("{:.16e}", value);
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? "\\n" : std::string(1, c);
  }
  return out + "\"";
}

// False when a key stands twice: both refuse such a file.
bool canonical(const Node& node, std::string& into) {
  if (node.kind == Kind::null) {
    into += "null";
  } else if (node.kind == Kind::scalar) {
    const bool is_number = node.type == ScalarType::integer || node.type == ScalarType::real;
    into += node.type == ScalarType::boolean ? base::to_lower(node.text) : is_number ? number(node) : in_quotes(node.text);
  } else if (node.kind == Kind::sequence) {
    into += '[';
    for (const Node& item : node.items) {
      if (&item != &node.items.front()) into += ',';
      if (!canonical(item, into)) return false;
    }
    into += ']';
  } else {
    std::set<std::string> members;
    std::set<std::string> keys;
    for (const Entry& entry : node.entries) {
      std::string key = entry.key.kind == Kind::null                 ? "null"
                        : entry.key.type == ScalarType::boolean ? base::to_lower(entry.key.text)
                                                                : entry.key.text;
      if (!keys.insert(key).second) return false;
      key += ':';
      if (!canonical(entry.value, key)) return false;
      members.insert(std::move(key));
    }
    into += fmt::format("{{{}}}", fmt::join(members, ","));
  }
  return true;
}

std::string canonical(const std::string& text) {
  const auto document = parse_yaml(text, "f.yaml", {}, YamlSchema::yaml_1_2);
  if (!document || document->documents > 1) return "error";
  std::string result;
  return canonical(document->root, result) ? result : "error";
}

// A second definition of an anchor is an error to PyYAML, and so it is here; the two allow it.
bool is_known_difference(const std::string& text) {
  const std::size_t first = text.find("&x");
  return first != text.npos && text.find("&x", first + 1) != text.npos;
}

void compare(const std::string& interpreter, const std::string& script, unsigned seed) {
  const fs::path folder = fs::temp_directory_path() / fmt::format("sluice-yaml12-{}-{}", seed, getpid());
  fs::create_directories(folder);
  std::mt19937 random(seed);
  std::vector<std::string> texts;
  const int count = differential_count(400);
  for (int i = 0; i < count; ++i) {
    texts.push_back(random_yaml(random, starts, scalars));
    std::ofstream(folder / fmt::format("{:07}", i), std::ios::binary) << texts.back();
  }
  const auto answers = sluice::testing::lines_of_command(
      fmt::format("PYTHONIOENCODING=utf-8 {} '{}/tests/document/{}' '{}' 2>/dev/null", interpreter, SLUICE_SOURCE_DIR,
                  script, folder.string()));
  fs::remove_all(folder);
  if (answers.empty() || answers.front() == "missing") {
    GTEST_SKIP() << "not installed; `make differential` installs it: python3-ruamel.yaml, node-js-yaml";
  }
  ASSERT_EQ(answers.size(), texts.size());
  int valid = 0;
  int different = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string mine = canonical(texts[i]);
    if (is_known_difference(texts[i])) continue;
    valid += mine == "error" ? 0 : 1;
    if (mine != answers[i] && ++different <= 10) ADD_FAILURE() << texts[i] << "\nhere " << mine << "\nthere " << answers[i];
  }
  EXPECT_EQ(different, 0);
  EXPECT_GT(valid, count / 4);
  EXPECT_LT(valid, count * 97 / 100);
}

TEST(Yaml12, AgreesWithRuamel) { compare("/usr/bin/python3", "oracle_1_2.py", 11); }

TEST(Yaml12, AgreesWithJsYaml) { compare("NODE_PATH=/usr/share/nodejs node", "oracle_1_2.js", 12); }

}  // namespace
}  // namespace sluice::document::yaml_1_2
