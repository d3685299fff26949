#include <gtest/gtest.h>

#include "secrets/aws_credentials.h"
#include "secrets/aws_profile.h"
#include "secrets/aws_sts.h"
#include "secrets/http.h"
#include "secrets/sigv4.h"

namespace sluice::secrets {
namespace {

// The keys of AWS' published examples, in pieces.
SigningKeys example_keys() {
  SigningKeys keys;
  keys.access_key_id = "AKID" + std::string("EXAMPLE");
  SecureBytes& published = keys.secret_key;
  for (const auto* piece : {"wJalrXUt", "nFEMI/K7", "MDENG+bP", "xRfiCY", "EXAMPLEKEY"})
    append(published, piece);
  return keys;
}

constexpr std::int64_t example_time = 1440938160;  // 2015-08-30T12:36:00Z

std::string signature_of(const std::vector<SecureBytes>& headers) {
  const std::string line(reveal(headers.back()));
  return line.substr(line.find("Signature=") + 10);
}

// AWS' Signature Version 4 test suite: get-vanilla, post-vanilla.
TEST(SigV4, GivesThePublishedSignatures) {
  SignedRequest request;
  request.method = "GET";
  request.headers = {{"host", "example.amazonaws.com"}};
  const auto headers = sign(request, example_keys(), {"us-east-1", "service", example_time});
  EXPECT_EQ(reveal(headers[0]), "x-amz-date: 20150830T123600Z");
  EXPECT_EQ(signature_of(headers),
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  request.method = "POST";
  EXPECT_EQ(signature_of(sign(request, example_keys(), {"us-east-1", "service", example_time})),
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
}

TEST(SigV4, CoversTheTokenInItsPlace) {
  SignedRequest request;
  request.headers = {{"host", "h"}, {"x-amz-target", "t"}, {"content-type", "c"}};
  SigningKeys keys = example_keys();
  keys.session_token = secure_copy("token");
  const auto headers = sign(request, keys, {"r", "s", example_time});
  ASSERT_EQ(headers.size(), 3u);
  EXPECT_EQ(reveal(headers[1]), "x-amz-security-token: token");
  EXPECT_NE(
      reveal(headers[2])
          .find("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target,"),
      std::string::npos);
}

TEST(AwsProfiles, AreReadAsTheToolsReadThem) {
  AwsProfiles profiles;
  ASSERT_TRUE(
      profiles.add("[default]\nregion = eu-west-1 # c\n[profile a b]\nrole_arn=r\ns3 =\n  key = v\n"
                   "[services local]\nsecrets_manager =\n  endpoint_url = "
                   "http://localhost:1\n[sso-session x]\ny=1\n",
                   "config", true));
  ASSERT_TRUE(profiles.add("[default]\naws_access_key_id=k\nregion=us-east-1\n[c]\nx=y\n",
                           "credentials", false));
  EXPECT_EQ(setting(*profiles.profile("default"), "region"), "us-east-1");
  EXPECT_EQ(setting(*profiles.profile("default"), "aws_access_key_id"), "k");
  EXPECT_EQ(setting(*profiles.profile("a b"), "role_arn"), "r");
  EXPECT_EQ(setting(*profiles.profile("a b"), "s3.key"), "v");
  EXPECT_EQ(setting(*profiles.services("local"), "secrets_manager.endpoint_url"),
            "http://localhost:1");
  EXPECT_EQ(profiles.profile("sso-session x"), nullptr);
  const Status status = profiles.add("[default]\nplanted\n", "f", true);
  ASSERT_FALSE(status);
  EXPECT_EQ(to_string(status.error()), "f:2: a line without `=`");
}

TEST(AwsCredentials, AreReadFromReplies) {
  const auto read = credentials_from_json(
      R"({"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "b", "SessionToken": "c", "Expiration": "2026-01-31T12:00:00Z"})",
      "x");
  ASSERT_TRUE(read);
  EXPECT_EQ(reveal(read->keys.session_token), "c");
  EXPECT_EQ(read->expires, 1769860800);
  EXPECT_FALSE(credentials_from_json("{\"Code\": \"planted\"}", "x"));
  EXPECT_EQ(reveal(*xml_element("<a><Arn>x&amp;y</Arn></a>", "Arn")), "x&y");
  EXPECT_FALSE(xml_element("<Arn>x", "Arn"));
}

TEST(Http, SpeaksPlainOnlyToNearAddresses) {
  HttpClient http;
  for (const auto* url : {"http://example.org/", "http://127.0.0.1.example.org/",
                          "http://localhost@example.org/", "https://user:x@example.org/",
                          "ftp://localhost/", "file:///etc/passwd", "http://169.254.1.1/"}) {
    HttpRequest request;
    request.url = url;
    const auto reply = http.send(request);
    ASSERT_FALSE(reply) << url;
    EXPECT_EQ(reply.error().kind, ErrorKind::refused) << url;
  }
}

}  // namespace
}  // namespace sluice::secrets
