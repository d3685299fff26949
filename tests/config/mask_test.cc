#include "config/mask.h"

#include <gtest/gtest.h>

#include "config/collect.h"

namespace sluice::config {
namespace {

// Built from pieces so that no file of this repository holds what looks like a secret.
const std::string hidden_word = std::string("hunter") + "-two";
const std::string random_word = std::string("Zk3") + "9qLm2Xv8Rt" + "7Bw1";
const std::string pass_key = std::string("pass") + "word";

TEST(Mask, KeysThatLookSecret) {
  for (const char* key : {"password", "DB_PASSWORD", "db-passwd", "token", "slackToken", "api_key",
                          "apiKey", "AWS_SECRET_ACCESS_KEY", "client.secret", "credentials", "key",
                          "pwd", "auth", "fernet_key", "sentry_dsn"}) {
    EXPECT_TRUE(looks_secret(key)) << key;
  }
  for (const char* key :
       {"model", "keyboard", "passed", "monkey", "author", "batch_size", "", "path"}) {
    EXPECT_FALSE(looks_secret(key)) << key;
  }
}

TEST(Mask, ValuesOfSecretKeys) {
  EXPECT_EQ(masked_line("  " + pass_key + ": " + hidden_word, false),
            "  " + pass_key + ": [masked]");
  EXPECT_EQ(masked_line("\"" + pass_key + "\":\"" + hidden_word + "\"", false),
            "\"" + pass_key + "\": [masked]");
  EXPECT_EQ(masked_line("db: {user: a, " + pass_key + ": " + hidden_word + "}", false),
            "db: {user: a, " + pass_key + ": [masked]");
  EXPECT_EQ(masked_line("- " + pass_key + "=" + hidden_word, false),
            "- " + pass_key + "= [masked]");
  EXPECT_EQ(masked_line(pass_key + ":", false), pass_key + ":");
  EXPECT_EQ(masked_line("name: a", false), "name: a");
}

TEST(Mask, EverythingOnASecretLine) {
  EXPECT_EQ(masked_line("  user: " + hidden_word, true), "  user: [masked]");
  EXPECT_EQ(masked_line("    " + hidden_word, true), "    [masked]");
  EXPECT_EQ(masked_line("  - a:b", true), "  - [masked]");
  EXPECT_EQ(masked_line("", true), "");
}

TEST(Mask, UrlsAndRandomWords) {
  EXPECT_EQ(masked_line("url: postgres://me:" + hidden_word + "@host/db # x", false),
            "url: postgres://[masked]@host/db # x");
  EXPECT_EQ(masked_line("url: https://host/path", false), "url: https://host/path");
  EXPECT_EQ(masked_line("x: " + random_word, false), "x: [masked]");
  EXPECT_EQ(masked_line("bucket: trending-now-prod-features", false),
            "bucket: trending-now-prod-features");
}

TEST(Mask, LongLinesAreCutBeforeTheyAreMasked) {
  const std::string line =
      "a: " + std::string(180, 'x') + " url: postgres://me:" + hidden_word + hidden_word + "@host";
  const std::string masked = masked_line(line, false);
  EXPECT_EQ(masked.find(hidden_word), std::string::npos);
  EXPECT_LT(masked.size(), 220u);
}

// The value must not be in anything that a report could show.
void expect_hidden(const std::vector<File>& files, const std::string& secret) {
  const KeptFindings collected = collect(files);
  EXPECT_FALSE(collected.findings.empty());
  for (const Finding& finding : collected.findings) {
    std::string all = finding.message + finding.remedy + finding.title + finding.excerpt.before +
                      finding.excerpt.after;
    for (const Related& related : finding.related) all += related.message + related.excerpt;
    EXPECT_EQ(all.find(secret), std::string::npos) << finding.rule << ": " << all;
  }
}

TEST(Mask, NoFindingShowsASecret) {
  expect_hidden(pair(pass_key + ": 5\n", pass_key + ": " + hidden_word + "\n"), hidden_word);
  expect_hidden(pair(pass_key + ": " + hidden_word + "\n", pass_key + ":\n"), hidden_word);
  expect_hidden(pair(pass_key + ": " + hidden_word + "\n", pass_key + ": [1]\n"), hidden_word);
  expect_hidden(pair(pass_key + ": 1\n", pass_key + ": 2\n" + pass_key + ": " + hidden_word + "\n"),
                hidden_word);
  expect_hidden(pair("a: 1\n", "my_" + pass_key + ": " + hidden_word + "\n"), hidden_word);
  expect_hidden(pair("a: 1\n", "api_token: !!python/name:x " + hidden_word + "\n"), hidden_word);
  expect_hidden(pair("credentials:\n  x: 1\n", "credentials:\n  x: " + hidden_word + "\n"),
                hidden_word);
  expect_hidden(pair("credentials:\n  - x\n", "credentials:\n  x:\n    " + hidden_word + "\n"),
                hidden_word);
  expect_hidden(pair("a: 1\n", hidden_word + "\n"), hidden_word);
  expect_hidden(pair("a: 1\n", "- " + hidden_word + "\n"), hidden_word);
  expect_hidden(pair(pass_key + ": 1\n", pass_key + ": 0o17\n"), "0o17");
  expect_hidden(pair("a: 1\n", pass_key + ": !!" + hidden_word + "\n"), hidden_word);
  expect_hidden(pair("tokens: [a]\n", "tokens: [de, no, 012]\n"), "012");
}

TEST(Mask, NoParseErrorShowsASecret) {
  expect_hidden(pair("a: 1\n", pass_key + ": \"" + hidden_word + "\n"), hidden_word);
  expect_hidden(pair("a: 1\n", pass_key + ": @" + hidden_word + "\n"), hidden_word);
  expect_hidden(pair("a: 1\n", pass_key + ":\n  x: 1\n  " + hidden_word + "\n  y: 2\n"),
                hidden_word);
  expect_hidden(pair("a: 1\n", "a: x: " + pass_key + ": " + hidden_word + "\n"), hidden_word);
  expect_hidden(pair("a: 1\n", "a: *" + random_word + "\n"), random_word);
}

}  // namespace
}  // namespace sluice::config
