#include "config/mask.h"

#include <gtest/gtest.h>

#include "config/collect.h"

namespace sluice::config {
namespace {

// Built from pieces so that no file of this repository holds what looks like a secret.
const std::string value = std::string("hunter") + "-two";
const std::string random_value = std::string("Zk3") + "9qLm2Xv8Rt" + "7Bw1";
const std::string pass = std::string("pass") + "word";

TEST(Mask, KeysThatLookSecret) {
  for (const char* key : {"password", "DB_PASSWORD", "db-passwd", "token", "slackToken", "api_key", "apiKey",
                          "AWS_SECRET_ACCESS_KEY", "client.secret", "credentials", "key", "pwd", "auth",
                          "fernet_key", "sentry_dsn"}) {
    EXPECT_TRUE(looks_secret(key)) << key;
  }
  for (const char* key : {"model", "keyboard", "passed", "monkey", "author", "batch_size", "", "path"}) {
    EXPECT_FALSE(looks_secret(key)) << key;
  }
}

TEST(Mask, ValuesOfSecretKeys) {
  EXPECT_EQ(masked_line("  " + pass + ": " + value, false), "  " + pass + ": [masked]");
  EXPECT_EQ(masked_line("\"" + pass + "\":\"" + value + "\"", false), "\"" + pass + "\": [masked]");
  EXPECT_EQ(masked_line("db: {user: a, " + pass + ": " + value + "}", false),
            "db: {user: a, " + pass + ": [masked]");
  EXPECT_EQ(masked_line("- " + pass + "=" + value, false), "- " + pass + "= [masked]");
  EXPECT_EQ(masked_line(pass + ":", false), pass + ":");
  EXPECT_EQ(masked_line("name: a", false), "name: a");
}

TEST(Mask, EverythingOnASecretLine) {
  EXPECT_EQ(masked_line("  user: " + value, true), "  user: [masked]");
  EXPECT_EQ(masked_line("    " + value, true), "    [masked]");
  EXPECT_EQ(masked_line("  - a:b", true), "  - [masked]");
  EXPECT_EQ(masked_line("", true), "");
}

TEST(Mask, UrlsAndRandomWords) {
  EXPECT_EQ(masked_line("url: postgres://me:" + value + "@host/db # x", false),
            "url: postgres://[masked]@host/db # x");
  EXPECT_EQ(masked_line("url: https://host/path", false), "url: https://host/path");
  EXPECT_EQ(masked_line("x: " + random_value, false), "x: [masked]");
  EXPECT_EQ(masked_line("bucket: trending-now-prod-features", false), "bucket: trending-now-prod-features");
}

TEST(Mask, LongLinesAreCutBeforeTheyAreMasked) {
  const std::string line = "a: " + std::string(180, 'x') + " url: postgres://me:" + value + value + "@host";
  const std::string masked = masked_line(line, false);
  EXPECT_EQ(masked.find(value), std::string::npos);
  EXPECT_LT(masked.size(), 220u);
}

// The value must not be in anything that a report could show.
void expect_hidden(const std::vector<File>& files, const std::string& secret) {
  const Collected collected = collect(files);
  EXPECT_FALSE(collected.findings.empty());
  for (const Finding& finding : collected.findings) {
    std::string all = finding.message + finding.remedy + finding.title + finding.excerpt.before +
                      finding.excerpt.after;
    for (const Related& related : finding.related) all += related.message + related.excerpt;
    EXPECT_EQ(all.find(secret), std::string::npos) << finding.rule << ": " << all;
  }
}

TEST(Mask, NoFindingShowsASecret) {
  expect_hidden(pair(pass + ": 5\n", pass + ": " + value + "\n"), value);
  expect_hidden(pair(pass + ": " + value + "\n", pass + ":\n"), value);
  expect_hidden(pair(pass + ": " + value + "\n", pass + ": [1]\n"), value);
  expect_hidden(pair(pass + ": 1\n", pass + ": 2\n" + pass + ": " + value + "\n"), value);
  expect_hidden(pair("a: 1\n", "my_" + pass + ": " + value + "\n"), value);
  expect_hidden(pair("a: 1\n", "api_token: !!python/name:x " + value + "\n"), value);
  expect_hidden(pair("credentials:\n  x: 1\n", "credentials:\n  x: " + value + "\n"), value);
  expect_hidden(pair("credentials:\n  - x\n", "credentials:\n  x:\n    " + value + "\n"), value);
  expect_hidden(pair("a: 1\n", value + "\n"), value);
  expect_hidden(pair("a: 1\n", "- " + value + "\n"), value);
  expect_hidden(pair(pass + ": 1\n", pass + ": 0o17\n"), "0o17");
  expect_hidden(pair("tokens: [a]\n", "tokens: [de, no, 012]\n"), "012");
}

TEST(Mask, NoParseErrorShowsASecret) {
  expect_hidden(pair("a: 1\n", pass + ": \"" + value + "\n"), value);
  expect_hidden(pair("a: 1\n", pass + ": @" + value + "\n"), value);
  expect_hidden(pair("a: 1\n", pass + ":\n  x: 1\n  " + value + "\n  y: 2\n"), value);
  expect_hidden(pair("a: 1\n", "a: x: " + pass + ": " + value + "\n"), value);
  expect_hidden(pair("a: 1\n", "a: *" + random_value + "\n"), random_value);
}

}  // namespace
}  // namespace sluice::config
