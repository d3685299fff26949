#include "policy/placeholder.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "policy/dotenv_line.h"

namespace sluice::policy {
namespace {

TEST(Placeholder, KeysThatNameSecrets) {
  for (const char* key : {"DB_PASSWORD", "API_KEY", "apiKey", "SECRET", "AUTH_TOKEN", "JWT_SECRET",
                          "MYSQLPASSWORD", "SMTP_PASS", "aws_secret_access_key", "CREDENTIALS",
                          "KEY_BASE", "service.api-key", "ENCRYPTION_KEY"})
    EXPECT_TRUE(names_secret(key)) << key;
  for (const char* key :
       {"HOST", "KEY_PATH", "TOKEN_TTL", "PUBLIC_KEY", "NEXT_PUBLIC_API_KEY", "PASSWORD_MIN_LENGTH",
        "AWS_ACCESS_KEY_ID", "KEYBOARD", "MONKEY", "BYPASSED", "COMPASS", "AUTHOR", "SECRET_NAME",
        "", "_", "RECAPTCHA_SITE_KEY"})
    EXPECT_FALSE(names_secret(key)) << key;
}

TEST(Placeholder, PlaceholdersAreNotReal) {
  for (const char* value : {"",
                            "x",
                            "changeme",
                            "CHANGE_ME_PLEASE1",
                            "your-api-key-1a2b3c",
                            "<token>",
                            "<your token>",
                            "xxxxxxxxxxxx",
                            "XXXX-XXXX-XXXX",
                            "${DB_PASSWORD}",
                            "$DB_PASSWORD",
                            "{{ secret }}",
                            "%TOKEN%",
                            "12345678901234567890",
                            "true",
                            "postgres",
                            "postgres123",
                            "supersecretpassword",
                            "my_secret_key",
                            "password1234",
                            "P4ssw0rd",
                            "abc123def456",
                            "0123456789abcdef",
                            "aaaaaaaaaaaaaaaa",
                            "/run/secrets/db",
                            "https://example.com/a/b1c2d3e4",
                            "op://vault/item/field",
                            "arn:aws:secretsmanager:eu-1:1:secret:a1b2",
                            "encrypted:b3a1c2d4e5f60718",
                            "sk-...",
                            "put-your-key-here",
                            "a sentence with 8 w0rds",
                            "00000000-0000-0000-0000-000000000000",
                            "devtoken",
                            "local-dev-token",
                            "test_token_v2",
                            "file:/a/b1c2d3e4f5",
                            "2024-01-31",
                            "admin@localhost",
                            "$(openssl rand -hex 32)",
                            "generate_with_openssl_rand_hex_32",
                            "minioadmin",
                            "oauth2-client-secret",
                            "__API_TOKEN__"})
    EXPECT_FALSE(looks_real(value)) << value;
}

// Real secrets are drawn here, not written down.
std::string drawn(std::string_view alphabet, std::size_t length, std::mt19937& random) {
  std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text += alphabet[pick(random)];
  return text;
}

TEST(Placeholder, DrawnSecretsAreReal) {
  std::mt19937 random(7);
  const std::string lower = "abcdefghijklmnopqrstuvwxyz";
  const std::string upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const std::string digits = "0123456789";
  struct Shape {
    std::string alphabet;
    std::size_t length;
    int least;  // of 1000 must be seen
  };
  for (const Shape& shape :
       {Shape{digits + "abcdef", 32, 990}, Shape{digits + "abcdef", 40, 995},
        Shape{lower + upper + digits, 16, 960}, Shape{lower + upper + digits, 40, 990},
        Shape{lower + upper + digits + "+/", 43, 980}, Shape{lower + digits, 20, 970},
        Shape{lower + upper, 40, 950}}) {
    int seen = 0;
    for (int i = 0; i < 1000; ++i)
      seen += looks_real(drawn(shape.alphabet, shape.length, random)) ? 1 : 0;
    EXPECT_GE(seen, shape.least) << shape.alphabet << " " << shape.length;
  }
}

TEST(Placeholder, WeakWordsDoNotHideWhatIsBesideThem) {
  std::mt19937 random(11);
  const std::string tail = drawn("abcdefghijkmnpqrstuvwxyz23456789", 24, random);
  EXPECT_TRUE(looks_real("secret_" + tail));
  EXPECT_TRUE(looks_real("token-" + tail));
  EXPECT_FALSE(looks_real("example-" + tail));
}

TEST(Placeholder, PasswordsInUrls) {
  EXPECT_EQ(url_password("postgres:"
                         "//user:pw@host:5432/db"),
            "pw");
  EXPECT_EQ(url_password("redis:"
                         "//:pw@host"),
            "pw");
  EXPECT_EQ(url_password("https:"
                         "//a:b@c@host/x?y=z@q"),
            "b@c");
  EXPECT_EQ(url_password("https:"
                         "//user@host"),
            "");
  EXPECT_EQ(url_password("https://host/a:b@c"), "");
  EXPECT_EQ(url_password("user" ":pw@host"), "");
}

TEST(Placeholder, ALongValueIsJudgedInLinearTime) {
  std::string value;
  for (int i = 0; i < 100'000; ++i) value += "p4ss";
  EXPECT_FALSE(looks_real(std::string(400'000, 'a')));
  looks_real(value);
  std::string words;
  for (int i = 0; i < 50'000; ++i) words += "secret1a";
  looks_real(words);
}

TEST(DotenvLine, TheFormsThatReadersTake) {
  const auto expect = [](std::string_view line, std::string_view key, std::string_view value) {
    const auto assignment = read_assignment(line);
    ASSERT_TRUE(assignment) << line;
    EXPECT_EQ(assignment->key, key) << line;
    EXPECT_EQ(assignment->value, value) << line;
  };
  expect("A=b", "A", "b");
  expect("  export A = b  ", "A", "b");
  expect("A=", "A", "");
  expect("A= # nothing", "A", "");
  expect("A=b#c # d", "A", "b#c");
  expect("A=\"b # \\\" c\" # d", "A", "b # \\\" c");
  expect("A='b\\' # d", "A", "b\\");
  expect("A=\"open", "A", "open");
  expect("A: b", "A", "b");
  expect("# A=b", "A", "b");
  expect("#export A=b", "A", "b");
  expect("a.b-c=d=e", "a.b-c", "d=e");
  EXPECT_TRUE(read_assignment("# A=b")->commented);
  for (const char* line :
       {"", "# prose about = signs", "A", "A b=c", "=b", "# A: b", "A:b", "#", "[a]"})
    EXPECT_FALSE(read_assignment(line)) << line;
}

}  // namespace
}  // namespace sluice::policy
