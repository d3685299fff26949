#include "scan/large_search.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "rules/rule_set.h"
#include "rules/template.h"
#include "scan/search.h"
#include "support/builtin_rules.h"

namespace sluice::scan {
namespace {

// Some three mebibytes, in which names are given values and tokens lie across the places where parts may end.
std::string large_text() {
  std::mt19937 dice(7);
  const auto pick = [&](unsigned below) { return static_cast<unsigned>(dice() % below); };
  const std::vector<std::string> names = {"password", "db_passwd", "api_token", "buffer", "index", "secret_key", "width"};
  std::string text;
  while (text.size() < (std::size_t{3} << 20) + 12'345) {
    const std::string name = names[pick(static_cast<unsigned>(names.size()))];
    switch (pick(5)) {
      case 0: text += name + " = \"" + *rules::expand_template("{{alnum:18}}", std::to_string(dice())) + "\"\n"; break;
      case 1: text += "  " + name + "_count = status(" + std::to_string(pick(1000)) + ");\n"; break;
      default: text += "  return " + name + "[" + std::to_string(pick(100)) + "] + " + std::string(pick(200), '-') + ";\n";
    }
  }
  for (std::size_t seam = std::size_t{1} << 20; seam < text.size(); seam += std::size_t{1} << 20) {
    for (std::size_t i = 0; i < 3; ++i) {
      const std::string line = "\ntoken: " + *rules::expand_template("ghp_{{alnum:36}}", std::to_string(seam + i)) + "\n";
      text.replace(seam - 120 + 65 * i, line.size(), line);
    }
  }
  return text;
}

using Row = std::tuple<std::string, std::size_t, std::size_t, std::size_t, int, std::vector<float>>;

std::vector<Row> rows_of(const std::vector<Match>& matches) {
  std::vector<Row> rows;
  for (const Match& match : matches) {
    std::vector<float> features;
    if (match.evidence) features.assign(match.evidence->features.begin(), match.evidence->features.end());
    rows.emplace_back(match.rule->id, match.whole.begin, match.secret.begin, match.secret.end,
                      static_cast<int>(match.confidence), features);
  }
  return rows;
}

TEST(LargeSearch, FindsWhatTheSearchOfAllFinds) {
  const Scanner scanner(sluice::testing::builtin_rules());
  const std::string text = large_text();
  const std::vector<Row> whole = rows_of(scanner.scan(text, false));
  EXPECT_GT(whole.size(), 1000u);
  std::size_t judged = 0;
  for (const Row& row : whole) judged += !std::get<5>(row).empty();
  EXPECT_GT(judged, 500u);
  for (const unsigned jobs : {1u, 3u}) {
    EXPECT_EQ(rows_of(matches_of_large(scanner, text, false, jobs)), whole) << jobs;
    const Candidates candidates = candidates_of_large(scanner, text, false, jobs);
    EXPECT_EQ(candidates.size(), Search(scanner).scan(text, false).size()) << jobs;
    EXPECT_EQ(rows_of(scanner.matches_of(text, candidates)), whole) << jobs;
  }
}

TEST(LargeSearch, FindsNothingInNothing) {
  const Scanner scanner(sluice::testing::builtin_rules());
  EXPECT_TRUE(matches_of_large(scanner, "", false, 2).empty());
  EXPECT_TRUE(candidates_of_large(scanner, "", false, 2).empty());
}

}  // namespace
}  // namespace sluice::scan
