#include "config/check.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>

#include "config/collect.h"
#include "config/layout.h"

namespace sluice::config {
namespace {

TEST(Check, NamesAndFoldersCanBeSet) {
  Options options;
  options.base_stem = "base";
  options.environment_pattern = "{env}-settings";
  options.extensions = {"json"};
  options.folders = {"conf/"};
  EXPECT_EQ(config_files({"conf/base.json", "conf/prod-settings.json", "other/base.json",
                          "conf/base.yaml"},
                         options),
            (std::vector<std::string>{"conf/base.json", "conf/prod-settings.json"}));
  EXPECT_EQ(rules_of({{"conf/base.json", "{\"a\": 1e-5}"},
                      {"conf/prod-settings.json", "{\"a\": \"x\", \"aa\": 1}"}},
                     options),
            "CFG002 CFG003");
}

TEST(Check, EachFolderStandsForItself) {
  EXPECT_EQ(rules_of({{"a/config_base.yaml", "x: 1"},
                      {"a/config_prod.yaml", "x: 2"},
                      {"b/config_base.yaml", "y: 1"},
                      {"b/config_prod.yaml", "x: 2"},
                      {"a/unrelated.yaml", "x: [\n"}}),
            "CFG003");
}

TEST(Check, EveryEnvironmentIsHeldAgainstTheBase) {
  const KeptFindings collected = collect({{"config_base.yaml", "model: {name: a}\n"},
                                       {"config_dev.yaml", "model: {name: b}\n"},
                                       {"config_prod.yaml", "model: []\n"},
                                       {"config_staging.yaml", "modle: 1\n"}});
  ASSERT_EQ(collected.findings.size(), 2u);
  EXPECT_EQ(collected.findings[0].at.path, "config_prod.yaml");
  EXPECT_EQ(collected.findings[1].at.path, "config_staging.yaml");
}

TEST(Check, AnUnreadableBaseIsNoSilentPass) {
  EXPECT_EQ(rules_of(pair("a: [\n", "b: 1\n")), "CFG021");
  EXPECT_EQ(rules_of(pair("a: [\n", "b: 1\nb: 2\n")), "CFG021 CFG004");
}

TEST(Check, WhatWasNotReadIsAProblemWhenItsCheckIsOff) {
  Options options;
  options.severities = {{"CFG021", std::nullopt}, {"CFG022", std::nullopt}};
  options.limits.depth = 3;
  const KeptFindings collected = collect(pair("a: [[[[1]]]]\n", "b\nc: 1\n"), options);
  EXPECT_TRUE(collected.findings.empty());
  ASSERT_EQ(collected.problems.size(), 2u);
  EXPECT_EQ(collected.problems[0].what, "nested deeper than the limit of 3 levels");
  EXPECT_EQ(collected.problems[1].where, "config_prod.yaml:2:2");
}

TEST(Check, SeveritiesCanBeSetAndChecksTurnedOff) {
  Options options;
  options.severities = {{"CFG001", Severity::low}, {"CFG003", std::nullopt}};
  const KeptFindings collected = collect(pair("a: {b: 1}\n", "a: 1\nc: 1\n"), options);
  ASSERT_EQ(collected.findings.size(), 1u);
  EXPECT_EQ(collected.findings[0].severity, Severity::low);
}

TEST(Check, OpenKeysTakeKeysOfTheirOwn) {
  Options options;
  const auto files =
      pair("model: {params: {a: 1}}\njobs: {x: {labels: {a: 1}}}\n",
           "model: {params: {b: {c: 1}}, other: 1}\njobs: {x: {labels: {b: 1}, more: 1}}\n");
  EXPECT_EQ(rules_of(files, options), "CFG003 CFG003 CFG003 CFG003");
  options.open_keys = {"model.params", "jobs.*.labels"};
  EXPECT_EQ(rules_of(files, options), "CFG003 CFG003");
  options.open_keys = {"model", "jobs"};
  EXPECT_EQ(rules_of(files, options), "");
}

TEST(Check, NullCanBeMandatoryOrOptional) {
  const std::vector<File> files = {{"config_base.yaml", "a:\nb:\n"},
                                   {"config_dev.yaml", "a: 1\n"},
                                   {"config_prod.yaml", "b: null\n"}};
  Options options;
  EXPECT_EQ(rules_of(files, options), "CFG005");
  options.null_means = NullMeans::optional;
  EXPECT_EQ(rules_of(files, options), "");
  options.null_means = NullMeans::mandatory;
  EXPECT_EQ(rules_of(files, options), "CFG005 CFG005 CFG005");
}

TEST(Check, AFindingHoldsBothSides) {
  const KeptFindings collected = collect(pair("a:\n  b: 1\n", "a:\n  b: text\n"));
  ASSERT_EQ(collected.findings.size(), 1u);
  const Finding& finding = collected.findings[0];
  EXPECT_EQ(finding.rule, "CFG002");
  EXPECT_EQ(finding.title, "The override changes the type of a plain value");
  EXPECT_EQ(finding.confidence, Confidence::high);
  EXPECT_EQ(finding.origin.kind, OriginKind::file);
  EXPECT_EQ(finding.paths, std::vector<std::string>{"config_prod.yaml"});
  EXPECT_EQ(finding.at.line, 2u);
  EXPECT_EQ(finding.at.column, 6u);
  EXPECT_EQ(finding.at.end_column, 10u);
  EXPECT_EQ(finding.excerpt.before, "  b: text");
  EXPECT_TRUE(finding.excerpt.secret.empty());
  ASSERT_EQ(finding.related.size(), 1u);
  EXPECT_EQ(finding.related[0].path, "config_base.yaml");
  EXPECT_EQ(finding.related[0].line, 2u);
  EXPECT_EQ(finding.related[0].excerpt, "  b: 1");
  EXPECT_EQ(finding.fingerprint.size(), 32u);
}

TEST(Check, FingerprintsFollowContentNotPosition) {
  const auto fingerprint_of = [](const std::string& override_with) {
    const KeptFindings collected = collect(pair("a: {b: 1, c: 2}\n", override_with));
    return collected.findings.empty() ? "" : collected.findings[0].fingerprint;
  };
  const std::string one = fingerprint_of("a: {b: x}\n");
  EXPECT_EQ(fingerprint_of("# moved\n\na:\n  c: 3\n  b: y\n"), one);
  EXPECT_NE(fingerprint_of("a: {c: x}\n"), one);
  EXPECT_NE(fingerprint_of("a: {b: []}\n"), one);
}

TEST(Check, NoTwoFindingsShareAFingerprint) {
  const KeptFindings collected =
      collect(pair("x: 1\nx: 2\nx: 3\nl: [de, no, off, fr]\nm: {<<: 5, <<: 6}\n1.5: a\n",
                   "y: 1\nz: {x: 1, x: 2}\n"));
  std::set<std::string> seen;
  for (const Finding& finding : collected.findings) {
    EXPECT_TRUE(seen.insert(finding.fingerprint).second) << finding.rule << " " << finding.message;
  }
  EXPECT_GT(seen.size(), 8u);
}

TEST(Check, AMergedValueNamesTheMergeAndTheAnchor) {
  const KeptFindings collected = collect(pair("t: {lr: 1}\n", "x-d: &d\n  lr: fast\nt:\n  <<: *d\n"));
  ASSERT_EQ(collected.findings.size(), 1u);
  const Finding& finding = collected.findings[0];
  EXPECT_EQ(finding.at.line, 4u);
  ASSERT_EQ(finding.related.size(), 2u);
  EXPECT_EQ(finding.related[1].path, "config_prod.yaml");
  EXPECT_EQ(finding.related[1].line, 2u);
}

TEST(Check, TheExampleProjectIsClean) {
  std::vector<File> files;
  const std::string folder = SLUICE_SOURCE_DIR "/mlops/config/";
  for (const char* name : {"base", "dev", "staging", "prod"}) {
    std::ifstream input(folder + "config_" + name + ".yaml");
    files.push_back({std::string("mlops/config/config_") + name + ".yaml",
                     {std::istreambuf_iterator<char>(input), {}}});
    EXPECT_GT(files.back().text.size(), 100u) << name;
  }
  Options options;
  options.null_means = NullMeans::mandatory;
  for (const Finding& finding : collect(files, options).findings) {
    ADD_FAILURE() << finding.at.path << ":" << finding.at.line << " " << finding.message;
  }
}

std::string many(std::size_t count, const std::string& prefix, const std::string& value) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += prefix + std::to_string(i) + ": " + value + "\n";
  return text;
}

TEST(Check, HostileSizesStayCheap) {
  const auto start = std::chrono::steady_clock::now();
  const KeptFindings unknown =
      collect(pair(many(15'000, "base_key_", "1"), many(15'000, "other_key_", "1")));
  EXPECT_EQ(unknown.findings.size(), 1001u);
  EXPECT_EQ(unknown.findings.back().message,
            "more than 1000 findings of this kind; the rest is left out");
  const KeptFindings duplicates = collect(pair("a: 1\n", many(15'000, "a: 1 # ", "x")));
  EXPECT_EQ(duplicates.findings.size(), 1002u);
  // Long keys above many others: a way is as long as all its keys, and must not be spelled out each
  // time.
  std::string deep;
  for (int level = 0; level < 100; ++level) {
    deep += std::string(static_cast<std::size_t>(level), ' ') + std::string(900, 'k') + ":\n";
  }
  std::string base = deep;
  std::string over = deep;
  for (int i = 0; i < 5'000; ++i) {
    base += std::string(100, ' ') + "l" + std::to_string(i) + ": 1\n";
    over += std::string(100, ' ') + "l" + std::to_string(i) + ": x\n";
  }
  const KeptFindings changes = collect(pair(base, over));
  EXPECT_EQ(changes.findings.size(), 1001u);
  EXPECT_LT(changes.findings[0].message.size(), 2'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace sluice::config
