#include "report/reader.h"

#include <gtest/gtest.h>

#include "report/formats.h"
#include "report/sample.h"

namespace sluice::report {
namespace {
namespace reader_tests {

std::string json_of(const Audit& audit) { return find_format("json")->render(audit, {}); }

void expect_same_after_reading(const Audit& audit) {
  const std::string text = json_of(audit);
  const auto read = read_report(text, "report.json");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(json_of(read->audit), text);
}

TEST(Reader, GivesBackEveryReport) {
  expect_same_after_reading(sample::rich());
  expect_same_after_reading(sample::clean());
  expect_same_after_reading(sample::undecided());
  expect_same_after_reading(sample::hostile());
  expect_same_after_reading(sample::many(200));
}

TEST(Reader, KeepsTheNamesOfRepositories) {
  Audit audit = sample::rich();
  audit.scope.repositories = {"a.git", "b.git"};
  for (Finding& finding : audit.findings) finding.repository = "b.git";
  expect_same_after_reading(audit);
}

TEST(Reader, PutsTheSecretsPlaceWhereItWas) {
  Audit audit = sample::clean();
  audit.findings = {sample::token()};
  const auto read = read_report(json_of(audit), "report.json");
  ASSERT_TRUE(read);
  const Excerpt& excerpt = read->audit.findings.front().excerpt;
  EXPECT_EQ(excerpt.before, sample::token().excerpt.before);
  EXPECT_EQ(excerpt.after, sample::token().excerpt.after);
  EXPECT_EQ(excerpt.secret.redacted(), sample::token().excerpt.secret.redacted());
  EXPECT_TRUE(excerpt.secret.reveal().empty());
}

Audit with_shard() {
  Audit audit = sample::rich();
  ShardRecord shard;
  shard.number = 2;
  shard.count = 5;
  shard.repository = "r";
  shard.material.judgement.allow.push_back({"f", "", {"a/", "b\xff"}, "why", "", "p:1:2"});
  for (const Finding& finding : sample::rich().findings) {
    shard.material.placed.push_back({finding, 7, {"left", "out"}});
    shard.material.checked.push_back(finding);
  }
  shard.material.placed.front().rank = static_cast<std::size_t>(-1);
  shard.material.placed.front().finding.excerpt.before = "not UTF-8: \xff\xfe";
  for (const char* name : {"refs/heads/main", "refs/tags/\xff", "refs/tags/v1", "refs/tags/v2"})
    shard.material.presence.refs.push_back({name, "t"});
  shard.material.presence.blobs["held"].refs = {0, 2, 3};
  shard.material.presence.blobs["gone"];
  audit.shard = shard;
  return audit;
}

TEST(Reader, LosesNothingOfAShardButTheSecrets) {
  const Audit audit = with_shard();
  expect_same_after_reading(audit);
  const auto read = read_report(json_of(audit), "report.json");
  ASSERT_TRUE(read && read->audit.shard);
  const Material& material = read->audit.shard->material;
  EXPECT_EQ(material.placed.front().finding.excerpt.before, "not UTF-8: \xff\xfe");
  EXPECT_EQ(material.placed.front().rank, static_cast<std::size_t>(-1));
  EXPECT_EQ(material.judgement.allow.front().paths.back(), "b\xff");
  EXPECT_EQ(material.placed.front().also_in, (std::vector<std::string>{"left", "out"}));
  EXPECT_EQ(material.presence.refs[1].name, "refs/tags/\xff");
  EXPECT_EQ(material.presence.blobs.at("held").refs, (std::vector<std::uint32_t>{0, 2, 3}));
  EXPECT_TRUE(material.presence.blobs.at("gone").refs.empty());
  EXPECT_EQ(json_of(audit).find(sample::secret_text()), std::string::npos);
}

TEST(Reader, AShardHoldsNoSecretEvenWhenTheReportIsToShowThem) {
  RenderOptions options;
  options.redact = false;
  const std::string text = find_format("json")->render(with_shard(), options);
  const auto shard = text.find("\"shard\":");
  ASSERT_NE(shard, std::string::npos);
  EXPECT_EQ(text.find(sample::secret_text().substr(10, 20), shard), std::string::npos);
}

TEST(Reader, ReadsAShardFromSarif) {
  const auto read = read_report(find_format("sarif")->render(with_shard(), {}), "report.sarif");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(json_of(read->audit), json_of(with_shard()));
  EXPECT_FALSE(read_report(find_format("sarif")->render(sample::rich(), {}), "report.sarif"));
}

TEST(Reader, NamesThePlaceOfAFault) {
  std::string text = json_of(sample::rich());
  const auto at = text.find("\"critical\"");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 10, "\"dreadful\"");
  const auto read = read_report(text, "report.json");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().where.find("report.json: /findings/"), std::string::npos);
  EXPECT_NE(read.error().where.find("/severity"), std::string::npos);
  EXPECT_EQ(read_report("{\n 1", "report.json").error().where, "report.json:2:2");
}

}  // namespace reader_tests
}  // namespace
}  // namespace sluice::report
