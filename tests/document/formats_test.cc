// TOML, INI and dotenv: positions by hand, content held against tomllib, configparser and python-dotenv.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "document/read.h"
#include "support/command_lines.h"

namespace sluice::document {
namespace {

namespace fs = std::filesystem;

Document read(Format format, std::string_view text) {
  auto document = parse(format, text, "f");
  EXPECT_TRUE(document) << to_string(document.error()) << "\n" << text;
  return document ? std::move(*document) : Document{};
}

std::string error_of(Format format, std::string_view text, const Limits& limits = {}) {
  const auto document = parse(format, text, "f", limits);
  return document ? "" : to_string(document.error());
}

TEST(Formats, AreToldByName) {
  EXPECT_EQ(format_of("a/b.YML"), Format::yaml);
  EXPECT_EQ(format_of("a.toml"), Format::toml);
  EXPECT_EQ(format_of("setup.cfg"), Format::ini);
  EXPECT_EQ(format_of("x/.env.prod"), Format::dotenv);
  EXPECT_EQ(format_of("prod.env"), Format::dotenv);
  EXPECT_EQ(format_of("yaml"), std::nullopt);
  EXPECT_EQ(format_of("a.py"), std::nullopt);
}

TEST(Toml, PositionsOfKeysAndValues) {
  const Document document =
      read(Format::toml, "title = 'ä'\n[a.b]\n  x.y = 1e-5 # c\n[[l]]\nz = [1,\n {k = true}]\n");
  const Node& root = document.root;
  EXPECT_EQ(span(root.entries[0].key), "1:1-1:6");
  EXPECT_EQ(span(root.entries[0].value), "1:9-1:12");
  const Node& b = *root.find("a")->find("b");
  EXPECT_EQ(at(b.mark), "2:1");
  const Node& y = *b.find("x")->find("y");
  EXPECT_EQ(span(y), "3:9-3:13");
  EXPECT_EQ(y.type, ScalarType::real);
  EXPECT_EQ(at(b.find("x")->entries[0].key.mark), "3:5");
  const Node& z = *root.find("l")->items[0].find("z");
  EXPECT_EQ(span(z), "5:5-6:13");
  EXPECT_EQ(span(*z.items[1].find("k")), "6:7-6:11");
}

TEST(Toml, ErrorsNameBothPlaces) {
  EXPECT_EQ(error_of(Format::toml, "a = 1\na = 2\n"),
            "f:2:1: `a` is defined already, in line 1: TOML readers refuse the file (keep one of the "
            "two)");
  EXPECT_EQ(error_of(Format::toml, "a = yes\n"), "f:1:5: not a TOML value (put a text in quotes)");
  EXPECT_EQ(error_of(Format::toml, "a = 'x\n"),
            "f:1:5: a text that is never closed (add the closing quote)");
  EXPECT_NE(error_of(Format::toml, "a.b = 1\n[a]\n"), "");
  EXPECT_NE(error_of(Format::toml, "a = {b = 1}\n[a.c]\n"), "");
}

TEST(Toml, LimitsBite) {
  Limits limits;
  limits.depth = 5;
  limits.nodes = 100;
  EXPECT_NE(error_of(Format::toml, "a = " + std::string(6, '[') + std::string(6, ']'), limits), "");
  EXPECT_NE(error_of(Format::toml, "a.b.c.d.e.f = 1", limits), "");
  std::string many = "a = [";
  for (int i = 0; i < 200; ++i) many += "1,";
  EXPECT_NE(error_of(Format::toml, many + "]", limits).find("more than the limit"),
            std::string::npos);
}

TEST(Ini, SectionsKeysAndContinuations) {
  const Document document = read(
      Format::ini, "; c\n[DEFAULT]\nA = 1\n[db]\n  Host: ä ; kept\nlines =\n  one\n\n  two\n# c\nx=\n");
  const Node& db = *document.root.find("db");
  EXPECT_EQ(span(document.root.entries[1].key), "4:1-4:5");
  EXPECT_EQ(span(db.entries[0].key), "5:3-5:7");
  EXPECT_EQ(db.find("host")->text, "ä ; kept");
  EXPECT_EQ(span(*db.find("host")), "5:9-5:17");
  EXPECT_EQ(db.find("lines")->text, "\none\n\ntwo");
  EXPECT_EQ(db.find("x")->text, "");
  EXPECT_EQ(db.find("x")->type, ScalarType::string);
  EXPECT_EQ(error_of(Format::ini, "a = 1\n"),
            "f:1:1: a key before the first section (begin with a `[section]`)");
  EXPECT_EQ(error_of(Format::ini, "[s]\nbare\n"),
            "f:2:1: a key without `=` or `:` (write `key = value`)");
}

TEST(Dotenv, IsReadAsComposeDoes) {
  const Document document = read(
      Format::dotenv,
      "\xEF\xBB\xBF# c\nexport A = b #c\nB=x#y\nC=\"a\\nb\n2\" # c\nD='${A}\\n'\r\nE: f\nF\nG=\n");
  const Node& root = document.root;
  EXPECT_EQ(root.find("A")->text, "b");
  EXPECT_EQ(span(root.entries[0].key), "2:8-2:9");
  EXPECT_EQ(span(*root.find("A")), "2:12-2:13");
  EXPECT_EQ(root.find("B")->text, "x#y");
  EXPECT_EQ(root.find("C")->text, "a\nb\n2");
  EXPECT_EQ(root.find("D")->text, "${A}\\n");
  EXPECT_EQ(root.find("E")->text, "f");
  EXPECT_EQ(root.find("F")->kind, Kind::null);
  EXPECT_EQ(root.find("G")->text, "");
  EXPECT_EQ(error_of(Format::dotenv, "A=1\nB=\"x\n"),
            "f:2:3: a quote that is never closed (add the closing quote)");
}

TEST(Json, CommentsWhereTheDialectHasThem) {
  const std::string text = "// c\n{\"a\": 1, /* x */ \"b\": [1, 2,],\n}\n";
  EXPECT_FALSE(parse_json(text, "f"));
  const auto document = parse_json(text, "f", {}, true);
  ASSERT_TRUE(document) << to_string(document.error());
  EXPECT_EQ(document->root.find("b")->items.size(), 2u);
}

// Each key once, at its first place, with its last value, as in Python; sections of an INI file that come
// again are joined.
std::vector<std::pair<std::string, const Node*>> as_dictionary(const Node& node) {
  std::vector<std::pair<std::string, const Node*>> members;
  for (const Entry& entry : node.entries) {
    const auto found = std::find_if(members.begin(), members.end(), [&](const auto& member) {
      return member.first == entry.key.text;
    });
    if (found == members.end()) {
      members.emplace_back(entry.key.text, &entry.value);
    } else {
      found->second = &entry.value;
    }
  }
  return members;
}

// As oracle_formats.py prints it.
void dump(const Node& node, std::string& into) {
  if (node.kind == Kind::mapping) {
    into += "{";
    for (const auto& [key, value] : as_dictionary(node)) {
      into += key + "=";
      dump(*value, into);
      into += ";";
    }
    into += "}";
  } else if (node.kind == Kind::sequence) {
    into += "[";
    for (const Node& item : node.items) {
      dump(item, into);
      into += ";";
    }
    into += "]";
  } else if (node.kind == Kind::null) {
    into += "null";
  } else {
    into += fmt::format("{}", to_string(node.type));
    if (node.type == ScalarType::string) {
      for (const char c : ":" + node.text) into += c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
    }
  }
}

// Puts what sections of the same name hold into the first of them.
Node with_sections_joined(Node root) {
  Node joined = root;
  joined.entries = {};
  for (Entry& entry : root.entries) {
    const auto same = [&](const Entry& other) { return other.key.text == entry.key.text; };
    const auto found = std::find_if(joined.entries.begin(), joined.entries.end(), same);
    if (found == joined.entries.end()) {
      joined.entries.push_back(std::move(entry));
    } else {
      for (Entry& below : entry.value.entries) found->value.entries.push_back(std::move(below));
    }
  }
  return joined;
}

std::string dump(Format format, const std::string& text) {
  const auto document = parse(format, text, "f");
  if (!document) return "error";
  std::string into;
  dump(format == Format::ini ? with_sections_joined(document->root) : document->root, into);
  return into;
}

std::vector<std::string> ask_python(const fs::path& folder, const std::string& name) {
  const std::string command = "PYTHONIOENCODING=utf-8 /usr/bin/python3 '" SLUICE_SOURCE_DIR
                              "/tests/document/oracle_formats.py' " +
                              name + " '" + folder.string() + "'";
  return sluice::testing::lines_of_command(command);
}

// A text of random pieces, so that most are nearly right.
std::string random_text(std::mt19937& random, const std::vector<std::string>& pieces) {
  std::string text;
  for (auto i = 1 + random() % 14; i > 0; --i) text += pieces[random() % pieces.size()];
  return text;
}

void hold_against_python(Format format, const std::string& name,
                         const std::vector<std::string>& pieces) {
  const char* wanted = std::getenv("SLUICE_DIFFERENTIAL");
  const int count = wanted == nullptr ? 1500 : std::atoi(wanted);
  const fs::path folder =
      fs::temp_directory_path() / fmt::format("sluice-{}-{}", name, getpid());
  fs::create_directories(folder);
  std::mt19937 random(7);
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) {
    texts.push_back(random_text(random, pieces));
    std::ofstream(folder / fmt::format("{:07}", i), std::ios::binary) << texts.back();
  }
  const std::vector<std::string> answers = ask_python(folder, name);
  fs::remove_all(folder);
  if (answers.size() == 1 && answers[0] == "missing") GTEST_SKIP() << "no Python module for " << name;
  ASSERT_EQ(answers.size(), texts.size());
  int readable = 0;
  int different = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    readable += answers[i] == "error" ? 0 : 1;
    if (dump(format, texts[i]) == answers[i] || ++different > 5) continue;
    ADD_FAILURE() << texts[i] << "\nsluice: " << dump(format, texts[i]) << "\npython: " << answers[i];
  }
  EXPECT_GT(readable, count / 30);
}

TEST(Toml, AgreesWithTomllib) {
  hold_against_python(
      Format::toml, "toml",
      {"a = 1\n",       "b = 'x'\n",    "[a]\n",       "[b.c]\n",     "[[l]]\n",
       "[l.m]\n",       "c.d = 2.5\n",  "c.e = [1, 'y', {k = 1}]\n",  "\"q r\" = \"\\u00e9\\n\"\n",
       "t = 2024-01-15T10:00:00Z\n",    "t2 = 2024-02-30\n",          "n = 0x1F\n",
       "o = 012\n",     "e = 1e-5\n",   "i = -inf\n",   "u = 1__0\n", "v = 1_000\n",
       "m = \"\"\"\nx\\\n   y\"\"\"\n",               "# c\n",         "\n",
       "s = '''a'b''''\n",              "f = [1,\n# c\n2,]\n",        "g = {a.b = 1, c = {}}\n",
       "c = 1\n",       " h = true # c\n",             "k = 07:30:00\n", "a.b = 1\n", "[c]\n",
       "[a.b]\n",       "x = 1",        "w = \"\\x\"\n"});
}

TEST(Ini, AgreesWithConfigparser) {
  hold_against_python(Format::ini, "ini",
                      {"[a]\n", "[b c]\n", "[DEFAULT]\n", "x = 1\n", "Y: two\n", "z=a=b\n",
                       "  cont\n", "\n", "; c\n", "# c\n", "v = q ; kept\n", "w =\n", "\tdeeper\n",
                       " k = indented\n", "e\n", "[c]trailing\n", "p = 100%%\n", "= no key\n"});
}

TEST(Dotenv, AgreesWithPythonDotenv) {
  // The lines that all readers take alike (docs/env.md has the others).
  hold_against_python(Format::dotenv, "dotenv",
                      {"A=1\n", "export B=two\n", "C = spaced\n", "D='single ${X}'\n",
                       "E=\"double # x\"\n", "F=\n", "# c\n", "\n", "G=a b # c\n", "H=\"l1\nl2\"\n",
                       "I=x=y\n", "A.B=1\n", "J='a' # c\n", "K=a#b\n"});
}

}  // namespace
}  // namespace sluice::document
