#include "inside/looker.h"

#include <gtest/gtest.h>

#include "base/radix.h"
#include "decode/encoded_run.h"
#include "decode/run_search.h"
#include "rules/template.h"

namespace sluice::inside {
namespace {

constexpr std::string_view token_keywords[] = {"acme_"};

rules::Rule token_rule() {
  rules::Rule rule;
  rule.id = "acme-token";
  rule.title = "Acme token";
  rule.keywords = token_keywords;
  rule.pattern = "\\b(acme_[a-z0-9]{20})\\b";
  rule.secret_group = 1;
  return rule;
}

std::string token() { return *rules::expand_template("acme_{{lowernum:20}}", "inside"); }

// A zip file (APPNOTE 6.3) of one stored entry, without its central directory: readers of streams take it.
std::string zip_of(const std::string& name, const std::string& content, std::uint32_t crc) {
  const auto number = [](std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
    return text;
  };
  const auto size = static_cast<std::uint32_t>(content.size());
  return "PK\x03\x04" + number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(crc, 4) + number(size, 4) +
         number(size, 4) + number(static_cast<std::uint32_t>(name.size()), 2) + number(0, 2) + name + content;
}

std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320u : 0u);
  }
  return ~crc;
}

// Looks into the runs of texts with one rule.
class LookerTest : public testing::Test {
 protected:
  std::vector<HiddenMatch> look_into(std::string_view text) {
    std::vector<HiddenMatch> all;
    decode::search_runs(text, [&](std::string_view around, const decode::EncodedRun& run) {
      for (HiddenMatch& hidden : looker_.look_into(around, run)) all.push_back(std::move(hidden));
      return true;
    });
    return all;
  }

  const rules::Rule rule_ = token_rule();
  const scan::Scanner scanner_{{&rule_}};
  scan::Search search_{scanner_};
  Looker looker_{scanner_, search_};
};

TEST_F(LookerTest, SaysWhereTheDecodedSecretStands) {
  const std::string text = "a: " + base::encode_base64("some token: " + token() + " and more") + "\n";
  const auto found = look_into(text);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].secret, token());
  EXPECT_EQ(found[0].way, "base64");
  EXPECT_TRUE(found[0].has_place);
  EXPECT_EQ(found[0].match.secret.begin, 3u + 16u);  // twelve bytes are sixteen digits
}

TEST_F(LookerTest, OpensAnArchiveInBase64) {
  const std::string content = "token: " + token() + "\n";
  const std::string zip = zip_of("conf/app.env", content, crc32_of(content));
  const auto found = look_into("data: " + base::encode_base64(zip) + "\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].secret, token());
  EXPECT_EQ(found[0].way, "base64!conf/app.env");
  EXPECT_FALSE(found[0].has_place);
}

TEST_F(LookerTest, SaysThatARunIsTooLong) {
  const std::string text = base::encode_base64(std::string(decode::longest_run, 'x') + token());
  EXPECT_TRUE(look_into(text).empty());
  const auto notices = looker_.take_notices();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].way, "base64");
  EXPECT_EQ(notices[0].what, "it is longer than 16 MiB");
}

TEST_F(LookerTest, SaysThatEncodingsLieTooDeep) {
  std::string text = "token: " + token() + "\n";
  for (int i = 0; i < 12; ++i) text = base::encode_base64(text);
  EXPECT_TRUE(look_into(text).empty());
  EXPECT_FALSE(looker_.take_notices().empty());
  EXPECT_TRUE(looker_.take_notices().empty());
}

}  // namespace
}  // namespace sluice::inside
