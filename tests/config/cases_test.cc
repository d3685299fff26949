// Runs tests/config/cases/<id>/<name>.case: files under `=== <path>` lines, then `=== expected`
// with all that every check finds in them. SLUICE_WRITE_EXPECTED=1 writes that part anew, to be
// read before it is committed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "config/checks.h"
#include "config/collect.h"

namespace sluice::config {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::vector<File> files;
  std::string expected;
};

Case read_case(const fs::path& path) {
  std::ifstream input(path);
  Case result;
  std::string line;
  std::string* part = nullptr;
  while (std::getline(input, line)) {
    if (line == "=== expected") {
      part = &result.expected;
    } else if (line.starts_with("=== ")) {
      part = &result.files.emplace_back(File{line.substr(4), ""}).text;
    } else if (part != nullptr) {
      *part += line + "\n";
    }
  }
  return result;
}

std::string show(const Finding& finding) {
  const Location& at = finding.at;
  std::string text =
      fmt::format("{} {} {}:{}:{}-{}:{} | {}\n  {}\n  remedy: {}\n", finding.rule,
                  to_string(finding.severity), at.path, at.line, at.column, at.end_line,
                  at.end_column, finding.excerpt.before, finding.message, finding.remedy);
  for (const Related& other : finding.related) {
    text += fmt::format("  also {}:{}:{} | {}\n    {}\n", other.path, other.line, other.column,
                        other.excerpt, other.message);
  }
  return text;
}

std::string outcome(const Case& test) {
  std::string text;
  const KeptFindings collected = collect(test.files);
  for (const Finding& finding : collected.findings) text += show(finding);
  for (const Problem& problem : collected.problems) text += "problem: " + problem.what + "\n";
  return text;
}

void write_expected(const fs::path& path, const Case& test) {
  std::ofstream output(path);
  for (const File& file : test.files) output << "=== " << file.path << "\n" << file.text;
  output << "=== expected\n" << outcome(test);
}

std::vector<fs::path> case_files() {
  std::vector<fs::path> paths;
  for (const auto& entry :
       fs::recursive_directory_iterator(SLUICE_SOURCE_DIR "/tests/config/cases")) {
    if (entry.path().extension() == ".case") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(Cases, FindWhatTheySay) {
  for (const fs::path& path : case_files()) {
    const Case test = read_case(path);
    if (std::getenv("SLUICE_WRITE_EXPECTED") != nullptr) write_expected(path, test);
    EXPECT_EQ(outcome(test), read_case(path).expected) << path;
  }
}

TEST(Cases, EveryCheckHasOneThatFailsAndOneThatPasses) {
  std::map<std::string, std::set<bool>> found;
  for (const fs::path& path : case_files()) {
    const std::string id = path.parent_path().filename();
    found[id].insert(read_case(path).expected.find(id + " ") != std::string::npos);
  }
  for (const Check& check : checks()) {
    EXPECT_TRUE(found[std::string(check.id)].count(true)) << check.id << " has no failing case";
    EXPECT_TRUE(found[std::string(check.id)].count(false)) << check.id << " has no passing case";
    found.erase(std::string(check.id));
  }
  EXPECT_TRUE(found.empty()) << "cases of no check: " << found.begin()->first;
}

TEST(Cases, TheRowsAreWhole) {
  std::set<std::string_view> seen;
  for (const Check& check : checks()) {
    EXPECT_TRUE(seen.insert(check.id).second) << check.id;
    EXPECT_TRUE(seen.insert(check.name).second) << check.name;
    EXPECT_FALSE(check.help.empty() || check.remedy.empty()) << check.id;
    std::ifstream docs(SLUICE_SOURCE_DIR "/docs/config.md");
    const std::string text{std::istreambuf_iterator<char>(docs), {}};
    EXPECT_NE(text.find(fmt::format("### {} {}", check.id, check.name)), std::string::npos)
        << check.id << " is not in docs/config.md";
  }
}

}  // namespace
}  // namespace sluice::config
