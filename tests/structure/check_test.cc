#include "structure/check.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "base/radix.h"
#include "structure/der.h"
#include "structure/sample.h"

namespace sluice::structure {
namespace {

Dice dice_of(unsigned seed) {
  return [engine = std::mt19937(seed)](std::size_t bound) mutable { return engine() % bound; };
}

Outcome run(std::string_view check, std::string_view secret) { return find_check(check)->run(secret); }

// A sample and the check that must prove it; a letter changed, the check must fail.
struct Case {
  std::string kind;
  std::string check;
  std::string prefix;
  Verdict verdict = Verdict::proven;
};

const Case cases[] = {
    {"age_identity", "age-key", "AGE-SECRET-KEY-1"},
    {"base64_json", "base64-json", "glc_"},
    {"confluent_body", "confluent-token", "cflt"},
    {"crc32_base62", "crc32-base62", "npm_"},
    {"crc32_hex", "crc32-hex", "cfut_"},
    {"curve25519_key", "curve25519-key", ""},
    {"discord_token", "discord-token", ""},
    {"docker_auth", "docker-auth", ""},
    {"grafana_token", "grafana-token", ""},
    {"java_keystore", "java-keystore", "", Verdict::encrypted},
    {"jwt", "jwt", ""},
    {"nkey_seed", "nkey", ""},
    {"openssh", "pem", ""},
    {"pem_base64", "pem-base64", ""},
    {"pgp", "pgp", ""},
    {"pkcs1", "pem", ""},
    {"pkcs12", "pkcs12", "", Verdict::encrypted},
    {"pkcs8", "pem", ""},
    {"pkcs8_encrypted", "pem", "", Verdict::encrypted},
    {"pypi_macaroon", "pypi-token", "pypi-"},
    {"sec1", "pem", ""},
};

TEST(Check, ProvesItsSamples) {
  for (const Case& one : cases) {
    for (unsigned seed = 0; seed < 20; ++seed) {
      const auto sample = make_sample(one.kind, 36, dice_of(seed));
      ASSERT_TRUE(sample) << one.kind;
      EXPECT_EQ(run(one.check, one.prefix + *sample).verdict, one.verdict) << one.kind;
    }
  }
}

TEST(Check, DoubtsBasicCredentialsWhosePasswordIsAWord) {
  const auto verdict = [](std::string_view pair) { return run("basic-credentials", base::encode_base64(pair)).verdict; };
  for (const char* pair : {"me:", "me:you", "smith:dog" "gie", "Same1:Same1", "{\"alg\":\"none\"}", "http:" "//Me:You7@x", "a\nb:Dog" "gie1"}) EXPECT_EQ(verdict(pair), Verdict::unproven) << pair;
  for (const char* pair : {"me:Dog" "gie1", "me:two words", "no colon at all"}) EXPECT_EQ(verdict(pair), Verdict::proven) << pair;
  EXPECT_EQ(run("basic-credentials", "!").verdict, Verdict::proven);
}

TEST(Check, NeverProvesWhatIsCutShort) {
  for (const Case& one : cases) {
    // Whose length is free, or of whom the start is enough.
    if (one.kind == "docker_auth" || one.kind == "discord_token" || one.kind == "jwt") continue;
    const auto sample = make_sample(one.kind, 64, dice_of(7));
    for (const std::size_t size : {sample->size() / 2, sample->size() / 4, std::size_t{1}, std::size_t{0}}) {
      const Verdict verdict = run(one.check, one.prefix + sample->substr(0, size)).verdict;
      EXPECT_TRUE(verdict == Verdict::unproven || (one.check == "java-keystore" && size > 100)) << one.kind << size;
    }
  }
}

TEST(Check, NeverProvesATokenWithAWrongCharacter) {
  const std::string checksums[] = {"age_identity", "confluent_body", "crc32_base62", "crc32_hex", "grafana_token",
                                   "nkey_seed", "pgp"};
  for (const Case& one : cases) {
    if (std::find(std::begin(checksums), std::end(checksums), one.kind) == std::end(checksums)) continue;
    std::string sample = *make_sample(one.kind, 64, dice_of(3));
    char& changed = sample[sample.size() / 3];
    changed = changed == 'Q' ? 'X' : 'Q';
    EXPECT_EQ(run(one.check, one.prefix + sample).verdict, Verdict::unproven) << one.kind;
  }
}

TEST(Check, SaysWhatItLearnt) {
  EXPECT_EQ(run("pem", *make_sample("pkcs1", 64, dice_of(1))).detail, "RSA key of 2048 bits");
  EXPECT_EQ(run("pem", *make_sample("pkcs8", 64, dice_of(1))).detail, "RSA key of 2048 bits");
  EXPECT_EQ(run("pem", *make_sample("sec1", 64, dice_of(1))).detail, "EC key");
  EXPECT_EQ(run("pem", *make_sample("openssh", 70, dice_of(1))).detail, "ssh-ed25519 key");
  EXPECT_EQ(run("pgp", *make_sample("pgp", 64, dice_of(1))).detail, "without a passphrase");
  EXPECT_EQ(run("pypi-token", "pypi-" + *make_sample("pypi_macaroon", 1, dice_of(1))).detail, "for pypi.org");
}

// Bits 7 to 46 of the first six bytes (counted from the lowest) are the account.
TEST(Check, ReadsTheAccountOfAnAwsKeyId) {
  const std::uint64_t number = std::uint64_t{1} << 47 | std::uint64_t{123456789012} << 7 | 5;
  std::string bytes;
  for (int shift = 40; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xFF);
  bytes += std::string(4, 'z');
  EXPECT_EQ(run("aws-key-id", "AKIA" + base::encode_base32(bytes)).detail, "of AWS account 123456789012");
  bytes[0] = static_cast<char>(bytes[0] & 0x7F);
  EXPECT_EQ(run("aws-key-id", "AKIA" + base::encode_base32(bytes)).detail, "");
}

TEST(Check, SeesSourceCodeBetweenTheLinesOfAKey) {
  const std::string lines = *make_sample("pkcs8", 64, dice_of(5));
  const std::map<std::string, std::string> ways = {
      {"escaped", "\\n"}, {"escaped twice", "\\\\n"}, {"joined", "\\n\" +\n    \""}, {"joined without blanks", "\"+\""},
      {"commented", "\n# "}, {"quoted", "\",\n  \""}, {"one line", " "}, {"windows", "\r\n"}};
  for (const auto& [name, between] : ways) {
    std::string text;
    for (const char c : lines) text += c == '\n' ? between : std::string(1, c);
    EXPECT_EQ(run("pem", text).verdict, Verdict::proven) << name;
  }
}

TEST(Check, ReadsAJsonWebTokensDates) {
  const std::string token = base::encode_base64url(R"({"alg":"RS256"})") + "." +
                            base::encode_base64url(R"({"exp":1767225600})") + ".c2ln";
  EXPECT_EQ(run("jwt", token).detail, "signed with RS256, valid until 2026-01-01");
}

TEST(Check, KnowsAKeyStoreWithoutKeys) {
  const std::string store("\xFE\xED\xFE\xED\0\0\0\2\0\0\0\0", 12);
  EXPECT_EQ(run("java-keystore", store).verdict, Verdict::refuted);
}

TEST(Check, AnUnknownNameHasNone) { EXPECT_EQ(find_check("no-such"), nullptr); }

TEST(Der, RefusesLengthsThatAreNotThere) {
  EXPECT_FALSE(DerReader(std::string_view("\x30\x05\x02\x01", 4)).next());
  EXPECT_FALSE(DerReader(std::string_view("\x30\x84\xFF\xFF\xFF\xFF", 6)).next());
  EXPECT_FALSE(DerReader(std::string_view("\x30\x89\1\1\1\1\1\1\1\1\1", 11)).next());
  EXPECT_EQ(DerReader(std::string_view("\x02\x01\x07", 3)).next()->content, "\x07");
}

}  // namespace
}  // namespace sluice::structure
