// Lists that are merged item by item: what lies in items that meet is told as what lies in mappings is.
#include <gtest/gtest.h>

#include <string>

#include "config/collect.h"
#include "config/compare.h"
#include "config/fix.h"

namespace sluice::config {
namespace {

Options lists(ListRule rule, const std::string& keys = "**") {
  Options options;
  options.lists = {{keys, rule, rule == ListRule::by_key ? "name" : ""}};
  return options;
}

// `CFG001 3 jobs[1].image`, one a line: rule, line and the key that the message begins with.
std::string told(const std::vector<File>& files, const Options& options) {
  std::string text;
  for (const Finding& finding : collect(files, options).findings) {
    const std::size_t end = finding.message.find('`', 1);
    text += finding.rule + " " + std::to_string(finding.at.line) + " " + finding.message.substr(1, end - 1) + "\n";
  }
  return text;
}

constexpr const char* jobs =
    "jobs:\n"
    "  - name: load\n    image: a\n    tries: 3\n    env: {A: 1}\n"
    "  - name: train\n    image: b\n    tries: 3\n    env: {A: 1}\n    args: [x]\n";

TEST(ListsByName, EachCheckLooksIntoItemsThatMeet) {
  EXPECT_EQ(told(pair(jobs,
                      "jobs:\n"
                      "  - name: train\n"
                      "    image: {tag: 1}\n"   // 3
                      "    tries: \"3\"\n"      // 4
                      "    env:\n"              // 5
                      "    imgae: c\n"          // 6
                      "  - name: load\n"
                      "    image: a\n"          // 8
                      "    env: {B: 1}\n"),     // 9
                 lists(ListRule::by_key)),
            "CFG001 3 jobs[1].image\n"
            "CFG002 4 jobs[1].tries\n"
            "CFG003 6 jobs[1].imgae\n"
            "CFG003 9 jobs[0].env.B\n"
            "CFG008 5 jobs[1].env\n"
            "CFG010 8 jobs[0].image\n");
}

TEST(ListsByName, AnItemThatSaysNothingIsOneFinding) {
  EXPECT_EQ(told(pair(jobs, "jobs:\n  - name: train\n    image: b\n    tries: 3\n  - name: load\n    tries: 5\n"),
                 lists(ListRule::by_key)),
            "CFG010 2 jobs[1]\n");
  EXPECT_EQ(told(pair(jobs, "jobs:\n  - name: train\n    tries: 3\n"), lists(ListRule::by_key)), "CFG010 1 jobs\n");
}

TEST(ListsByName, ItemsThatTheBaseLacksAreAdded) {
  EXPECT_EQ(told(pair(jobs, "jobs:\n  - name: test\n    image: [1]\n    anything: 1\n  - image: 1\n"), lists(ListRule::by_key)), "");
}

TEST(ListsByName, AMergedNameCounts) {
  EXPECT_EQ(told(pair(jobs, "x-train: &t {name: train}\njobs:\n  - <<: *t\n    image: [1]\n"), lists(ListRule::by_key)),
            "CFG001 4 jobs[1].image\n");
}

TEST(ListsByName, WhatEveryEnvironmentMustGive) {
  const std::string base = "jobs:\n  - {name: a, image: \"???\"}\n  - {name: b, image: \"???\"}\n";
  EXPECT_EQ(told(pair(base, "jobs:\n  - {name: b, image: x}\n"), lists(ListRule::by_key)), "CFG005 1 jobs[0].image\n");
  EXPECT_EQ(told(pair(base + "z: 1\n", "z: 2\n"), Options()), "CFG005 1 jobs[0].image\nCFG005 1 jobs[1].image\n");
  EXPECT_EQ(told(pair(base, "jobs: [{name: b, image: x}]\n"), Options()), "") << "the list is replaced";
}

TEST(ListsByName, DeadValuesAndParity) {
  EXPECT_EQ(told({{"config_base.yaml", "jobs:\n  - name: a\n    image: x\n    tries: 1\n"},
                  {"config_dev.yaml", "jobs: [{name: a, image: y}]\n"},
                  {"config_prod.yaml", "jobs: [{name: a, image: z}]\n"}},
                 lists(ListRule::by_key)),
            "CFG011 3 jobs[0].image\n");
  EXPECT_EQ(told({{"config_base.yaml", "jobs:\n  - name: a\n    image: x\n"},
                  {"config_dev.yaml", "jobs: [{name: a, url: y}]\n"},
                  {"config_staging.yaml", "jobs: [{name: a, url: y}]\n"},
                  {"config_prod.yaml", "jobs: [{name: b}]\n"}},
                 lists(ListRule::by_key)),
            "CFG003 1 jobs[0].url\nCFG012 1 jobs[0].url\nCFG003 1 jobs[0].url\n");
}

TEST(ListsByIndex, EachCheckLooksIntoItemsThatMeet) {
  EXPECT_EQ(told(pair("l: [{a: 1, b: x}, {a: 1}, 5, [1, 2], {c: 1}]\n",
                      "l:\n"
                      "  - a: [1]\n"      // 2
                      "    bb: x\n"       // 3
                      "  - a: 1\n"        // holds the place of those behind it
                      "  - text\n"        // 5
                      "  - [1, x]\n"      // 6
                      "  -\n"             // 7
                      "  - more: 1\n"),
                 lists(ListRule::by_index)),
            "CFG001 2 l[0].a\n"
            "CFG002 5 l[2]\n"
            "CFG002 6 l[3][1]\n"
            "CFG003 3 l[0].bb\n"
            "CFG008 7 l[4]\n");
}

TEST(ListsByIndex, TheLastItemHoldsNoPlace) {
  EXPECT_EQ(told(pair("l: [{a: 1}, {a: 1, b: 1}]\n", "l:\n  - a: 2\n  - a: 1\n"), lists(ListRule::by_index)), "CFG010 3 l[1]\n");
}

TEST(ListsByIndex, AdviceForAnItemNamesNoKey) {
  const KeptFindings found = collect(pair("l: [1, {a: 1}]\n", "l: [\"2\", x]\n"), lists(ListRule::by_index));
  ASSERT_EQ(found.findings.size(), 2u);
  EXPECT_EQ(found.findings[0].remedy, "give the item a mapping in both files");
  EXPECT_EQ(found.findings[1].remedy, "take the quotes away: `2`");
}

TEST(ListsOfOtherRules, AreNotEntered) {
  const std::vector<File> files = pair("l: [{a: 1}, 2]\nk: 1\n", "l: [{a: []}, x]\nk: 2\n");
  for (const ListRule rule : {ListRule::replace, ListRule::append, ListRule::keep}) EXPECT_EQ(told(files, lists(rule)), "");
}

TEST(ListsThatAreJoined, GrowByTheSameItem) {
  const std::vector<File> files = pair("m: {l: [a, b, c, d]}\n", "m:\n  l: [a, b, c, d]\n");
  EXPECT_EQ(told(files, Options()), "CFG010 1 m\n");
  EXPECT_EQ(told(files, lists(ListRule::append, "m.l")), "");
  const auto mended = fixed(pair("m: {l: [a]}\nk: 1\n", "m:\n  l: [a]\nk: 2\n"), lists(ListRule::append), {true});
  EXPECT_TRUE(mended.empty());
}

TEST(ListsThatAreJoined, DoNotSilenceOthers) {
  const std::vector<File> files = pair("tags: [a, b, c, d]\nl: [a, b, c, d]\n", "tags: [a]\nl: [b]\n");
  EXPECT_EQ(told(files, lists(ListRule::append, "l")), "CFG009 1 tags\n");
}

TEST(ListsByName, AFixKeepsWhatNamesTheItem) {
  const auto mended = fixed(pair(jobs, "jobs:\n  - name: train\n    tries: 3\n    image: c\n"), lists(ListRule::by_key), {true});
  ASSERT_EQ(mended.size(), 1u);
  EXPECT_EQ(mended[0].text, "jobs:\n  - name: train\n    image: c\n");
}

TEST(Why, LeadsIntoLists) {
  const std::vector<File> files = pair(jobs, "jobs:\n  - {name: train, image: c, api_token: " + std::string("abc") + "}\n");
  const Options options = lists(ListRule::by_key);
  const std::vector<Folder> folders = read_folders(files, options);
  const Merged root = merged(folders[0], &folders[0].environments[0], options);
  std::string near;
  const auto image = why(root, "jobs[1].image", true, near);
  ASSERT_TRUE(image);
  EXPECT_NE(image->find("config_base.yaml:7  \"b\"  overridden"), std::string::npos) << *image;
  EXPECT_NE(image->find("config_prod.yaml:2  \"c\"  counts"), std::string::npos) << *image;
  EXPECT_NE(why(root, "jobs[1].args[0]", true, near)->find("config_base.yaml:10"), std::string::npos);
  EXPECT_NE(why(root, "jobs[1].api_token", true, near)->find("[masked]"), std::string::npos);
  for (const char* key : {"jobs[2]", "jobs[1", "jobs[]", "jobs[1]image", "jobs[1].", "jobs[-1]", "jobs[1].image.x"})
    EXPECT_FALSE(why(root, key, true, near)) << key;
}

}  // namespace
}  // namespace sluice::config
