#include "judge/assignment.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sluice::judge {
namespace {

// What is read as the value given to the name with `keyword` in it.
std::string value_of(const std::string& text, const std::string& keyword) {
  const std::size_t begin = text.find(keyword);
  const Assignment read = read_assignment(text, {begin, begin + keyword.size()});
  if (read.outcome == Assignment::Outcome::nothing) return "-";
  if (read.outcome == Assignment::Outcome::rejected) return "x";
  return text.substr(read.value.begin, read.value.end - read.value.begin);
}

TEST(Assignment, IsReadInTheSyntaxOfManyLanguages) {
  for (const char* text : {
           "pass = 'Value1'", "pass=\"Value1\"", "DB_PASS=Value1\n", "pass: Value1", "\"pass\": \"Value1\",",
           "'pass' => 'Value1',", "pass := `Value1`", "let pass: &str = \"Value1\";", "pass?: string = 'Value1'",
           "String pass = \"Value1\";", "pass = new String(\"Value1\")", "setpass(\"Value1\")", "pass(Value(\"Value1\"))",
           "<pass>Value1</pass>", "<pass>\n  Value1\n</pass>", "<add key=\"pass\" value=\"Value1\"/>",
           "env(\"pass\", \"Value1\")", "--pass Value1 ", "--pass=Value1 ", "--pass 'Value1'", "pass 'Value1'",
           "identified_pass BY 'Value1'", "- name: pass\n  value: Value1\n", "{\"name\": \"pass\", \"value\": \"Value1\"}",
           "pass == \"Value1\"", "pass ||= 'Value1'", "pass = b'Value1'", "pass = @\"Value1\"", "pass:\n  'Value1'",
           "\\\"pass\\\": \\\"Value1\\\"", "pass_auth: Bearer Value1", "pass ?= Value1", "ENV pass Value1\n", "setenv pass Value1\n", "pass ::= \"Value1\"",
           "const pass = [\"Value1\"]", "pass = \"\"\"Value1\"\"\"", "?pass=Value1&next=1"}) {
    EXPECT_EQ(value_of(text, "pass"), "Value1") << text;
  }
}

TEST(Assignment, IsWhatIsTakenWhenNothingElseIsThere) {
  for (const char* text : {
           "getenv(\"DB_pass\") or \"Value1\"", "env['pass'] || 'Value1'", "env.pass || \"Value1\"", "env(\"pass\") ?\? 'Value1'",
           "getenv('pass') ?: 'Value1'", "fetch('pass') { 'Value1' }", "${DB_pass:-Value1}", "${pass:=Value1}", "${db.pass:Value1}",
           "pass = getenv(\"DB_USER\") or \"Value1\"", "pass = env.DB_USER || \"Value1\"", "pass = getenv(\"DB_USER\", \"Value1\")",
           "{{ .Values.pass | default \"Value1\" }}", "pass=$(printf %s 'Value1' | base64)", "pass=\"$(echo -n Value1 | base64)\""}) {
    EXPECT_EQ(value_of(text, "pass"), "Value1") << text;
  }
  for (const char* text : {"pass = \"lower\" or \"Value1\"", "pass = 'first', 'Value1'"}) EXPECT_NE(value_of(text, "pass"), "Value1") << text;
}

TEST(Assignment, IsNoneWhereNothingIsGiven) {
  for (const char* text : {"pass", "pass = ", "pass()", "pass, user", "pass;\n", "bypass the gate", "pass = ''", "pass::of"}) {
    EXPECT_EQ(value_of(text, "pass"), "-") << text;
  }
}

TEST(Assignment, OfCodeOrAnInterpolationCannotBeASecret) {
  for (const char* text : {"pass = ${DB_PASS}", "pass = os.environ['X']", "pass = true",
                           "pass = self.name", "pass = get_it(1)", "pass = \"<here>\"", "pass = '********'", "pass = ahead->big",
                           "pass = 'varchar(64)'", "pass = 'hmac-sha256'", "pass = SHA-512", "pass = 'magnet:?xt=1'", "pass = 'ab12...'", "pass = '^[a-z]+$'",
                           "pass: !isGateway", "to pass \"-std=c99\" on", "You pass `--flag`", "pass: 0xdeadbeef", "pass = HT.status500", "pass = '1234567890" "1234567890'"}) {
    EXPECT_EQ(value_of(text, "pass"), "x") << text;
  }
}

TEST(Assignment, IsNoneWhereTheKeywordBeginsAnotherWord) {
  for (const auto& [text, keyword] : std::vector<std::pair<const char*, const char*>>{
           {"author = 'Value1'", "auth"}, {"passing 'Value1'", "pass"}, {"keyboard: 'Value1'", "key"},
           {"tokenizer = 'Value1'", "token"}, {"monkeys: 'Value1'", "key"}, {"compass = 'Value1'", "pass"},
           {"rootPath = 'Value1'", "otP"}, {"HKEY = 'Value1'", "KEY"}, {"KEYSIZE=Value1", "KEY"}, {"credit: 'Value1'", "cred"}}) {
    EXPECT_EQ(value_of(text, keyword), "-") << text;
  }
  for (const auto& [text, keyword] : std::vector<std::pair<const char*, const char*>>{
           {"authorization: Value1", "auth"}, {"passEdit = 'Value1'", "pass"}, {"keys: 'Value1'", "key"},
           {"passphrase: 'Value1'", "pass"}, {"token_two = 'Value1'", "token"}, {"TOTP: 'Value1'", "OTP"}, {"my_otp: 'Value1'", "otp"},
           {"apiKey: 'Value1'", "Key"}, {"hpass: 'Value1'", "pass"}}) {
    EXPECT_EQ(value_of(text, keyword), "Value1") << text;
  }
}

TEST(Assignment, OfAPublicNameCannotBeASecret) {
  for (const auto& [text, keyword] : std::vector<std::pair<const char*, const char*>>{
           {"cnonce=\"Value1\"", "nonce"}, {"nonce=\"Value1\", uri=\"/\"", "nonce"}, {"rspauth=Value1", "auth"},
           {"Sec-WebSocket-Key: Value1", "Key"}, {"public_key = 'Value1'", "key"}, {"--pinnedpubkey 'Value1'", "key"},
           {"token_type = 'Value1'", "token"}, {"passwordLabel: 'Value1'", "pass"}, {"x:Key=\"Value1\"", "Key"},
           {"imap://me;AUTH=Value1@host", "AUTH"}, {"WWW-Authenticate: Value1", "Auth"},
           {"x ? \"pass\" : \"Value1\"", "pass"}, {"Authorization: Value1 and more", "Auth"},
           {"Authorization: Basic bWU6eW91", "Auth"}, {"--key id_rsa", "key"}, {"pass: Value and more", "pass"}, {"pass=@Value1", "pass"}}) {
    EXPECT_EQ(value_of(text, keyword), "x") << text;
  }
  for (const auto& [text, keyword] : std::vector<std::pair<const char*, const char*>>{
           {"nonce = \"Value1\"", "nonce"}, {"{\"nonce\": \"Value1\", \"uri\": 1}", "nonce"},
           {"my_key: Value1", "key"}, {"client_auth=Value1", "auth"}}) {
    EXPECT_EQ(value_of(text, keyword), "Value1") << text;
  }
}

// What had a say is told: other bytes may change without changing the outcome.
TEST(Assignment, DependsOnWhatItSawAlone) {
  const std::string text = "  - name: pass_word\n    value: \"Value1\" # and more\n";
  const std::size_t begin = text.find("pass");
  const Assignment read = read_assignment(text, {begin, begin + 4});
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i >= read.seen.begin && i < read.seen.end) continue;
    for (const char other : {'\n', '"', 'x', ':'}) {
      std::string changed = text;
      changed[i] = other;
      const Assignment again = read_assignment(changed, {begin, begin + 4});
      EXPECT_EQ(again.outcome, read.outcome) << i;
      EXPECT_EQ(again.value.begin, read.value.begin) << i;
      EXPECT_EQ(again.value.end, read.value.end) << i;
    }
  }
}

}  // namespace
}  // namespace sluice::judge
