#include "judge/doubt.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "judge/counting.h"
#include "judge/value_forms.h"

namespace sluice::judge {
namespace {

constexpr std::string_view provider_keywords[] = {"pagerduty", "openweather"};
constexpr std::string_view token_keywords[] = {"acmepat-"};
constexpr std::string_view id_keywords[] = {"zkia", "zkx"};

// The doubt about the value of `name = "value"`, behind `before`, where two providers and two forms of tokens are known.
Doubt doubt_of(const std::string& name, const std::string& value, const std::string& keyword, const std::string& before = "") {
  rules::Rule named, token, id;
  named.id = "pagerduty-key";
  named.keywords = provider_keywords;
  named.secret_group = token.secret_group = id.secret_group = 1;
  token.id = "acme-token";
  token.pattern = "\\b(acmepat-[a-z]{20})";
  token.keywords = token_keywords;
  id.id = "zkx-key-id";
  id.pattern = "\\b(ZKIA[A-Z]{16})";
  id.keywords = id_keywords;
  rules::Rule weather = named;
  weather.id = "openweather-key";
  const Providers providers({&named, &token, &id, &weather});
  const std::string text = before + name + " = \"" + value + "\"\n";
  const std::size_t at = before.size() + name.find(keyword);
  const std::size_t begin = before.size() + name.size() + 4;
  const Subject subject{text, {before.size(), before.size() + name.size()}, {at, at + keyword.size()},
                        {begin, begin + value.size()}, rules::Shape::assignment};
  return doubt_about(providers, subject, Context(subject));
}

const std::string random_value = "q7Wm2Kx9" "Tz4Lp8Vb3Nc6";

TEST(Doubt, IsNoneAboutWhatReadsAsASecret) {
  EXPECT_EQ(doubt_of("api_key", random_value, "key"), Doubt::none);
  EXPECT_EQ(doubt_of("client_secret", "with $igns & blanks!", "secret"), Doubt::none);
  EXPECT_EQ(doubt_of("secret_id", random_value, "secret"), Doubt::none);
}

TEST(Doubt, IsAboutIdsAndWhatIsMadeToBeSeen) {
  EXPECT_EQ(doubt_of("api_" "key", "0b7a2a54-" "3a1e-4c6b-9f57-2f1d8c3e6a90", "key"), Doubt::uuid);
  for (const auto& [name, keyword] : std::vector<std::pair<const char*, const char*>>{
           {"credentialsId", "cred"}, {"key_name", "key"}, {"csrf_token", "token"}, {"publicToken", "Token"},
           {"nextToken", "Token"}, {"oauth_signature", "auth"}, {"password_id", "pass"}}) {
    EXPECT_EQ(doubt_of(name, random_value, keyword), Doubt::public_name) << name;
  }
  EXPECT_EQ(doubt_of("nonMatchingToken", random_value, "Token"), Doubt::false_name);
  EXPECT_EQ(doubt_of("nonProdToken", random_value, "Token"), Doubt::none);
  EXPECT_EQ(doubt_of("fake_api_key", random_value, "key"), Doubt::false_name);
  EXPECT_EQ(doubt_of("wrong" "Password", random_value, "Pass"), Doubt::false_name);
}

TEST(Doubt, IsAboutMailAddressesAndRepliesOfServers) {
  for (const char* value : {"some.body@mail.org", "web-master@shop.example.co"}) {
    EXPECT_EQ(doubt_of("password", value, "pass"), Doubt::address) << value;
  }
  EXPECT_EQ(doubt_of("PASS", "230 Welcome to the server", "PASS"), Doubt::reply);
  for (const char* value : {"P@ssw0rd.Tiger", "me@home", "Tiger@Home.Org", "230 tigers!", "9230 tigers at home"}) {
    EXPECT_EQ(doubt_of("password", value, "pass"), Doubt::none) << value;
  }
  EXPECT_EQ(doubt_of("STUB_CREDS", random_value, "CREDS"), Doubt::false_name);
}

TEST(Doubt, IsAboutWhatStandsBehindAString) {
  EXPECT_EQ(doubt_of("password", " + read() + ", "pass", "\"the "), Doubt::outside_string);
  for (const char* before : {"\"name\", ", "'\"' + ", "say(\"\\\"\", ", "\"a\n"}) {
    EXPECT_EQ(doubt_of("password", random_value, "pass", before), Doubt::none) << before;
  }
}

TEST(Doubt, IsAboutMockUuidsBehindAPrefix) {
  EXPECT_EQ(doubt_of("deploy_key", "px-" "a1c3d4e5-b6a7-h8g9-j1i2-k3l4m5n6o7p8", "key"), Doubt::false_name);
  EXPECT_EQ(doubt_of("deploy_key", "px-" "0b7a2a54-" "3a1e-4c6b-9f57-2f1d8c3e6a90", "key"), Doubt::none);
}

TEST(Doubt, IsAboutWhatCounts) {
  for (const char* value : {"abcdefghijklmnop", "1a2b3c4d-5e6f-7g8h-9i0j", "abc123def456ghi789jkl0", "Aa1Bb2Cc3Dd4Ee5Ff6"}) {
    EXPECT_EQ(doubt_of("api_key", value, "key"), Doubt::counted) << value;
    EXPECT_EQ(doubt_of("password", value, "pass"), Doubt::none) << value;
  }
  EXPECT_LT(longest_count(random_value), 10u);
  EXPECT_EQ(longest_count("89012345"), 8u);
  EXPECT_EQ(longest_count("zyxwvu"), 6u);
  EXPECT_EQ(longest_count("aaaaaaaa"), 0u);
  EXPECT_EQ(longest_count(""), 0u);
  for (const std::string& text : {random_value, std::string("xx89012345678yy"), std::string("a1b2c3d4e5f6"), std::string("zyxwvut"), std::string("klmnopa")}) {
    for (std::size_t least = 7; least < 16; ++least) EXPECT_EQ(counts(text, least), longest_count(text) >= least) << text << ' ' << least;
  }
}

// Texts of which many count: steps of one size, with a few faults.
TEST(Doubt, CountsAsTheLongestCountSays) {
  std::mt19937 random(4);
  int counted = 0;
  for (int round = 0; round < 20000; ++round) {
    const int stride = 1 + static_cast<int>(random() % 6), step = static_cast<int>(random() % 13) - 6;
    std::string text;
    for (int i = 0; i < 24; ++i) {
      const bool is_digit = (i % stride) % 2 == 0;
      const int from = static_cast<int>(random() % 20) == 0 ? static_cast<int>(random() % 26) : step * (i / stride + 30);
      text += static_cast<char>(is_digit ? '0' + (from % 10 + 10) % 10 : 'a' + (from % 26 + 26) % 26);
    }
    const std::size_t least = 7 + random() % 10;
    counted += counts(text, least);
    ASSERT_EQ(counts(text, least), longest_count(text) >= least) << text << ' ' << least;
    // The same of a value, alone or with much behind it.
    if (least < 9) continue;
    const std::string longer = text + std::string(random() % 2 * 90, 'a');
    const ValueBytes value(longer, {0, text.size()});
    ASSERT_EQ(counts(value, text, least), longest_count(text) >= least) << text << ' ' << least;
  }
  EXPECT_GT(counted, 1000);
}

TEST(Doubt, IsAboutWordsThatNoTokenHas) {
  for (const std::string word : {"fake", "Dummy", "INVALID", "notreal", "exAmple", "bogus"}) {
    for (const std::size_t before : {0, 1, 13, 40, 58, 63, 70}) {
      const std::string value = std::string(before, '4') + word + "71c";
      EXPECT_TRUE(is_false_value(ValueBytes(value, {0, value.size()}), value)) << value;
      const std::string cut = value.substr(0, before + word.size() - 1);
      const std::string text = cut + word.back() + std::string(90, 'x');  // where the value has ended
      EXPECT_FALSE(is_false_value(ValueBytes(text, {0, cut.size()}), cut)) << cut;
    }
  }
}

TEST(Doubt, IsAboutAnotherFormThanTheProviderIssues) {
  EXPECT_EQ(doubt_of("PAGERDUTY_KEY", random_value, "KEY"), Doubt::other_form);
  EXPECT_EQ(doubt_of("pagerdutyApiToken", random_value, "Token"), Doubt::other_form);
  EXPECT_EQ(doubt_of("open_weather_key", random_value, "key"), Doubt::other_form);
  EXPECT_EQ(doubt_of("token", "acmepat-" + random_value, "token"), Doubt::other_form);
  EXPECT_EQ(doubt_of("my_key", "ZKIA" + random_value, "key"), Doubt::other_form);
  // A bare name belongs to the provider named before; a telling one to whatever it tells.
  EXPECT_EQ(doubt_of("api_key", random_value, "key", "# of PagerDuty\n"), Doubt::other_form);
  EXPECT_EQ(doubt_of("ZKX_KEY", random_value, "KEY"), Doubt::other_form);
  EXPECT_EQ(doubt_of("api_k" "ey", "eyJhb" "GciOi" + random_value, "k" "ey"), Doubt::other_form);
  EXPECT_EQ(doubt_of("deploy_key", random_value, "key", "# of PagerDuty\n"), Doubt::none);
  EXPECT_EQ(doubt_of("pagerduty_webhook_secret", random_value, "secret"), Doubt::none);
  EXPECT_EQ(doubt_of("pagerduty_password", random_value, "pass"), Doubt::none);
}

TEST(Doubt, IsAboutSignsThatNoTokenHas) {
  EXPECT_EQ(doubt_of("api_key", random_value + "%c^", "key"), Doubt::odd_sign);
  EXPECT_EQ(doubt_of("secret_key", random_value + "%c^", "key"), Doubt::none);
  EXPECT_EQ(doubt_of("api_key", random_value + "%2F==", "key"), Doubt::none);
}

TEST(Doubt, IsAboutNumbersFormatsAndWhatIsFalse) {
  for (const char* value : {"1684189401", "0x627b0c2c", "0:0x627b0c2c"}) EXPECT_EQ(doubt_of("seed", value, "seed"), Doubt::number) << value;
  EXPECT_EQ(doubt_of("randSeed", "PRIME" "32", "Seed"), Doubt::number);
  for (const char* value : {"branch%02", "%s-key", "a%.*s4"}) {
    EXPECT_EQ(doubt_of("last_key", value, "key"), Doubt::format) << value;
    EXPECT_EQ(doubt_of("password", value, "pass"), Doubt::format) << value;
  }
  EXPECT_EQ(doubt_of("api_" "key", "a8f%2F" "d0c" "Q7m", "key"), Doubt::none);
  EXPECT_EQ(doubt_of("api_" "key", "q7Wf" "akeKx9" "Tz4", "key"), Doubt::false_name);
  EXPECT_EQ(doubt_of("api_" "key", "0b7a2a54-" "3a1e-4g6b-9f57-2f1d8c3e6a90", "key"), Doubt::false_name);
  EXPECT_EQ(doubt_of("api_" "key", "q7W" "xxxx" "xx", "key"), Doubt::false_name);
  EXPECT_EQ(doubt_of("api_" "key", "Qb7" "Kx9", "key"), Doubt::short_key);
  EXPECT_EQ(doubt_of("key", random_value, "key"), Doubt::bare_key);
  EXPECT_EQ(doubt_of("sec" "ret", "imap://host/mail", "secret"), Doubt::address);
  EXPECT_EQ(doubt_of("sec" "ret", "imap://me:Qb7" "Kx9" "@host/mail", "secret"), Doubt::none);
  EXPECT_EQ(doubt_of("containsKey", random_value, "Key"), Doubt::public_name);
}

TEST(Doubt, IsSaidInWords) {
  EXPECT_TRUE(words_for(Doubt::none).empty());
  for (int i = 1; i <= static_cast<int>(Doubt::other_form); ++i) EXPECT_FALSE(words_for(static_cast<Doubt>(i)).empty()) << i;
}

}  // namespace
}  // namespace sluice::judge
