#include "container/container.h"

#include <gtest/gtest.h>

#include <map>

#include "container/readers.h"

namespace sluice::container {
namespace {

struct Seen : Visitor {
  void entry(std::string_view name, std::string_view bytes) override { entries[std::string(name)] += bytes; }
  void limited(std::string what) override { limits.push_back(std::move(what)); }
  void unreadable(std::string what) override { damage.push_back(std::move(what)); }
  std::map<std::string, std::string> entries;
  std::vector<std::string> limits;
  std::vector<std::string> damage;
};

Seen opened(std::string_view bytes, const Limits& limits = {}) {
  Seen seen;
  Budget budget(limits);
  EXPECT_TRUE(open(bytes, budget, seen));
  return seen;
}

// A tar file (POSIX ustar) of one entry.
std::string tar(const std::string& name, const std::string& content) {
  std::string header(512, '\0');
  const auto put = [&](std::size_t at, const std::string& text) { header.replace(at, text.size(), text); };
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  char size[12];
  std::snprintf(size, sizeof size, "%011zo", content.size());
  put(124, size);
  put(136, "00000000000");
  put(148, "        ");
  put(156, "0");
  put(257, std::string("ustar\0", 6) + "00");
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  char text[8];
  std::snprintf(text, sizeof text, "%06o", sum);
  put(148, std::string(text, 6) + '\0' + ' ');
  std::string body = content;
  body.resize((body.size() + 511) / 512 * 512);
  return header + body + std::string(1024, '\0');
}

TEST(Container, OpensATar) {
  const Seen seen = opened(tar("conf/app.env", "KEY=value\n"));
  EXPECT_EQ(seen.entries.at("conf/app.env"), "KEY=value\n");
  EXPECT_TRUE(seen.limits.empty());
}

TEST(Container, TellsWhichLimitBites) {
  const std::string bytes = tar("a", std::string(5000, 'x'));
  Limits few;
  few.entries = 0;
  EXPECT_EQ(opened(bytes, few).limits, std::vector<std::string>{"there are more than 0 entries"});
  Limits small;
  small.entry_bytes = 1000;
  EXPECT_EQ(opened(bytes, small).limits.size(), 1u);
  Limits little;
  little.bytes = 1000;
  EXPECT_EQ(opened(bytes, little).limits.size(), 1u);
}

TEST(Container, KnowsKindsByTheirFirstBytes) {
  EXPECT_EQ(kind_of("BZh is how this sentence begins, no archive"), Kind::none);
  EXPECT_EQ(kind_of(std::string("SQLite format 3\0 and more", 26)), Kind::database);
  EXPECT_EQ(kind_of("PK\x03\x04 and what follows"), Kind::archive);
  EXPECT_EQ(kind_of("{\"cells\": [], \"nbformat\": 4}"), Kind::notebook);
  EXPECT_EQ(kind_of("{\"cells\": [], \"other\": 4444}"), Kind::none);
  EXPECT_EQ(kind_of(""), Kind::none);
}

TEST(Container, ReadsANotebookCellByCell) {
  const Seen seen = opened(
      R"({"nbformat": 4, "cells": [{"cell_type": "code", "source": ["a = 1\n", "b = 2"], "outputs": [)"
      R"({"output_type": "stream", "text": "out"}, {"data": {"text/plain": ["x", "y"], "image/png": "zzz"}}]},)"
      R"({"cell_type": "markdown", "source": "text"}]})");
  const std::map<std::string, std::string> cells = {
      {"cell 1", "a = 1\nb = 2"}, {"cell 1, output 1", "out"}, {"cell 1, output 2", "xy"}, {"cell 2", "text"}};
  EXPECT_EQ(seen.entries, cells);
}

TEST(Container, SaysThatABrokenArchiveIsNotRead) {
  EXPECT_EQ(opened("PK\x03\x04 but nothing of a zip file follows").damage.size(), 1u);
  EXPECT_EQ(opened(std::string("SQLite format 3\0", 16) + std::string(600, 'x')).damage.size(), 1u);
}

TEST(Office, JoinsWhatMarkupCutsApart) {
  EXPECT_EQ(text_of_office_part("word/document.xml", "<w:p><w:r><w:t>pass</w:t></w:r><w:r><w:t>word=a&amp;b</w:t></w:r></w:p><w:p/>"),
            "password=a&b\n");
  EXPECT_EQ(text_of_office_part("word/media/x.xml.bin", "<a>b</a>"), std::nullopt);
}

TEST(Bytecode, ListsItsTexts) {
  std::string code(16, '\0');
  code[2] = '\r';
  code[3] = '\n';
  code += "\xFA" + std::string(1, 8) + "password" + "z\x05" + "value" + "\xE9" + "s" + std::string("\5\0\0\0", 4) + "bytes";
  EXPECT_EQ(kind_of(code), Kind::bytecode);
  EXPECT_EQ(constants_of(code), "password\nvalue\nbytes\n");
}

}  // namespace
}  // namespace sluice::container
