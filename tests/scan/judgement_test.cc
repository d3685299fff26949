#include "scan/judgement.h"

#include <gtest/gtest.h>

#include <string>

#include "rules/template.h"

namespace sluice::scan {
namespace {

TEST(Entropy, KnownValues) {
  EXPECT_DOUBLE_EQ(shannon_entropy(""), 0);
  EXPECT_DOUBLE_EQ(shannon_entropy("aaaa"), 0);
  EXPECT_DOUBLE_EQ(shannon_entropy("abab"), 1);
  EXPECT_DOUBLE_EQ(shannon_entropy("abcdefgh"), 3);
}

TEST(Placeholder, StandInsAreKnown) {
  for (const std::string text :
       {"xxxxxxxxxxxx", "your_api_key_here", "changeme123", "<token>", "${TOKEN}", "{{ secret }}", "$(cat key)",
        "%s", "$DB_PASSWORD", "aws-sm://shop/prod/db#password", "env://DB_PASSWORD", "1234567890", "abcdefghijkl", "0123456789abcdef", "****************", "%PASSWORD%", "at %(place)s"}) {
    EXPECT_TRUE(is_placeholder(text)) << text;
  }
  EXPECT_TRUE(is_placeholder(std::string("AKIAIOSFODNN7") + "EXAMPLE"));
}

TEST(Ciphertext, OfSopsAndSealedSecretsIsKnown) {
  EXPECT_TRUE(is_ciphertext("ENC[AES256_GCM,data:bm90aGluZw==,iv:bm90aGluZw==,tag:bm90aGluZw==,type:str]"));
  EXPECT_TRUE(is_ciphertext("AgB" + std::string(720, 'x') + "=="));
  EXPECT_FALSE(is_ciphertext("AgB" + std::string(100, 'x')));
  EXPECT_FALSE(is_ciphertext("AgE" + std::string(720, 'x')));
  EXPECT_FALSE(is_ciphertext("AgB" + std::string(720, ' ')));
}

TEST(Placeholder, RandomTokensAndHumanPasswordsAreNot) {
  for (int seed = 0; seed < 2000; ++seed) {
    const std::string token = *rules::expand_template("{{alnum:32}}", std::to_string(seed));
    EXPECT_FALSE(is_placeholder(token)) << seed;
  }
  for (const std::string text : {"Summer2024!", "hunter2", "correct-horse-battery", "tr0ub4dor&3", "cm!%(^+=gr@cu-v7)*k"}) {
    EXPECT_FALSE(is_placeholder(text)) << text;
  }
}

}  // namespace
}  // namespace sluice::scan
