#include <gtest/gtest.h>

#include "document/node.h"
#include "secrets/base64.h"
#include "secrets/dotenv.h"
#include "secrets/json_text.h"
#include "secrets/masker.h"
#include "secrets/placeholder.h"
#include "secrets/reference.h"
#include "secrets/rendering.h"
#include "secrets/variables.h"

namespace sluice::secrets {
namespace {

TEST(Reference, IsReadAndWritten) {
  const auto reference = parse_reference("aws-sm://shop/prod/db#user.password?version=AWSPENDING");
  ASSERT_TRUE(reference);
  EXPECT_EQ(reference->scheme, "aws-sm");
  EXPECT_EQ(reference->name, "shop/prod/db");
  EXPECT_EQ(reference->key, "user.password");
  EXPECT_EQ(reference->version, "AWSPENDING");
  EXPECT_EQ(reference->to_string(), "aws-sm://shop/prod/db#user.password?version=AWSPENDING");
}

TEST(Reference, WrongOnesAreRefusedWithoutBeingRepeated) {
  for (const std::string text :
       {"env://", "env://1X", "env://A#b", "env://A B", "aws-sm://#k", "aws-sm://a#",
        "aws-sm://a#b..c", "aws-sm://a?stage=x", "aws-sm://a?version="}) {
    const auto reference = parse_reference(text);
    ASSERT_FALSE(reference) << text;
    EXPECT_EQ(to_string(reference.error()).find(text.substr(text.find("//") + 2) + "x"),
              std::string::npos);
  }
  EXPECT_FALSE(is_reference("https://example.org"));
  EXPECT_FALSE(is_reference("postgres://env"));
}

TEST(Placeholder, IsToldFromWeakPasswords) {
  for (const auto* text : {"", "  ", "changeme", "Change-Me", "<token>", "your-key-here", "${X}",
                           "???", "xxxx", "TODO"})
    EXPECT_TRUE(is_placeholder(text)) << text;
  for (const auto* text :
       {"postgres", "hunter", "a", "your7key", "yourself", "Xx1", "<a", "changeme1"})
    EXPECT_FALSE(is_placeholder(text)) << text;
}

std::string value_in(std::string_view text) {
  const auto entries = parse_dotenv(text, ".env");
  return entries && entries->size() == 1 ? std::string(reveal(entries->front().value))
                                         : "not one entry";
}

TEST(Dotenv, ReadsTheUsualForms) {
  EXPECT_EQ(value_in("A=b c # comment"), "b c");
  EXPECT_EQ(value_in("export A = b#c\r\n"), "b#c");
  EXPECT_EQ(value_in("A=\"x\\ny \\\"q\\\" \\$z \\w\" # c"), "x\ny \"q\" $z \\w");
  EXPECT_EQ(value_in("A='x\\n # $y'"), "x\\n # $y");
  EXPECT_EQ(value_in("A=\"one\ntwo\"\n# end"), "one\ntwo");
  EXPECT_EQ(value_in("A=\n"), "");
  EXPECT_EQ(value_in("A=1\nA=2\n"), "2");
  EXPECT_EQ(value_in("\xEF\xBB\xBF# c\nA=1"), "1");
}

TEST(Dotenv, FaultsNameTheLineAndNothingOfIt) {
  for (const std::string text :
       {"\nplanted", "\n planted-x=1", "\nA=\"planted", "\nA=\"planted\" more"}) {
    const auto entries = parse_dotenv(text, "x/.env");
    ASSERT_FALSE(entries) << text;
    EXPECT_EQ(entries.error().where, "x/.env:2") << text;
    EXPECT_EQ(to_string(entries.error()).find("planted"), std::string::npos);
  }
}

std::string member(std::string_view text, std::string_view path) {
  const auto value = json_member(text, path);
  return value ? std::string(reveal(*value)) : to_string(value.error());
}

TEST(JsonText, FindsMembers) {
  EXPECT_EQ(member(R"({"a": {"b": "x\u00e9\ud83d\ude00\n"}, "a.c": 12, "a": {"b": "y"}})", "a.b"),
            "y");
  EXPECT_EQ(member(R"( {"a": {"b": "x\u00e9\ud83d\ude00\n"}} )", "a.b"), "xé😀\n");
  EXPECT_EQ(member(R"({"a.c": 1.5e3})", "a.c"), "1.5e3");
  EXPECT_EQ(member(R"({"a": null})", "a"), "the secret has no member 'a'");
  EXPECT_EQ(member(R"({"a": [1, {"b": 2}], "c": true})", "c"), "true");
  EXPECT_EQ(member(R"(["a"])", "a"), "the secret is no JSON object");
  EXPECT_EQ(JsonText::parse(R"([1, [], {}, "x", [2]])")->items().size(), 5u);
}

TEST(JsonText, RefusesWhatIsNone) {
  for (const auto* text : {"", "{", "{\"a\"}", "{\"a\":1,}", "[1,]", "01", "1.", "\"\\x\"", "nul",
                           "{} {}", "\"\t\"", "-", "1e"})
    EXPECT_FALSE(JsonText::parse(text)) << text;
  EXPECT_EQ(JsonText::parse(std::string(100, '[')).error().kind, ErrorKind::limit_exceeded);
}

std::string masked(const std::vector<std::string>& pieces,
                   const std::vector<std::string>& secrets) {
  std::vector<SecureBytes> values;
  for (const std::string& secret : secrets) values.push_back(secure_copy(secret));
  Masker masker(values);
  SecureBytes out;
  for (const std::string& piece : pieces) masker.feed(piece, out);
  masker.finish(out);
  return std::string(reveal(out));
}

TEST(Masker, HidesSecretsHoweverTheyAreCut) {
  const std::string text = "the key is s3cret-value, twice s3cret-values3cret-value.";
  const std::string expected = "the key is [masked], twice [masked].";
  for (std::size_t cut = 0; cut < text.size(); ++cut)
    EXPECT_EQ(masked({text.substr(0, cut), text.substr(cut)}, {"s3cret-value"}), expected) << cut;
}

TEST(Masker, LongerSecretsWinOverWhatTheyHold) {
  EXPECT_EQ(masked({"x abcdef y abcd z abcde"}, {"abcd", "abcdef"}),
            "x [masked] y [masked] z [masked]e");
  EXPECT_EQ(masked({"xabcabcdy"}, {"abcd"}), "xabc[masked]y");
  EXPECT_EQ(masked({"aab abab"}, {"abab", "aaba"}), "aab [masked]");
}

TEST(Masker, KnowsEncodedForms) {
  const std::string hidden = "p\"ss/w\\rd+0123456789";
  for (const std::string before : {"", "u", "us", "use"}) {
    const SecureBytes encoded = encode_base64(before + hidden + "!!");
    EXPECT_NE(masked({std::string(reveal(encoded))}, {hidden}).find("[masked]"), std::string::npos)
        << before;
  }
  EXPECT_EQ(masked({"p%22ss%2Fw%5Crd%2B0123456789"}, {hidden}), "[masked]");
  EXPECT_EQ(masked({R"("p\"ss/w\\rd+0123456789")"}, {hidden}), "\"[masked]\"");
  EXPECT_EQ(masked({"line one\nnothing"}, {"line one\nline two"}), "[masked]\nnothing");
}

document::Node yaml(std::string_view text) { return document::parse_yaml(text, "c.yaml")->root; }

TEST(Rendering, KeepsTypes) {
  const document::Node root = yaml(
      "a: 012\nb: \"012\"\nc: 1_000\nd: 1e-5\ne: yes\nf: .5\ng: ~\nh: [1:30, 0x1F, x y, 'no']\ni: "
      "{}\nj: []\n"
      "k: {l: 2024-01-15, m: '', n: \"q\\\"\"}\n");
  const auto json = render_compact_json(root, {});
  ASSERT_TRUE(json);
  EXPECT_EQ(
      reveal(*json),
      R"({"a": 10, "b": "012", "c": 1000, "d": "1e-5", "e": true, "f": 0.5, "g": null, )"
      R"("h": [90, 31, "x y", "no"], "i": {}, "j": [], "k": {"l": "2024-01-15", "m": "", "n": "q\""}})");
  const auto text = render_yaml(root, {});
  const auto again = render_compact_json(yaml(reveal(*text)), {});
  ASSERT_TRUE(again);
  EXPECT_EQ(reveal(*again), reveal(*json)) << reveal(*text);
  EXPECT_FALSE(render_json(yaml("a: .inf"), {}));
}

TEST(Rendering, ASecretIsAlwaysAText) {
  const document::Node root = yaml("key: env://A\nlist: [env://B]\n");
  Values values;
  values.emplace(root.find("key"), secure_copy("012"));
  values.emplace(&root.find("list")->items[0], secure_copy("x: [\n"));
  EXPECT_EQ(reveal(*render_yaml(root, values)), "key: \"012\"\nlist:\n  - \"x: [\\n\"\n");
  EXPECT_EQ(reveal(*render_compact_json(root, values)), R"({"key": "012", "list": ["x: [\n"]})");
}

TEST(Variables, AreNamedByTheirKeys) {
  const document::Node root =
      yaml("db: {user: env://A, port: 5432}\nhosts: [a, b]\nnone: null\n");
  Values values;
  values.emplace(root.find("db")->find("user"), secure_copy("it's $5"));
  const auto secrets = to_variables(root, values, true);
  ASSERT_TRUE(secrets);
  ASSERT_EQ(secrets->size(), 1u);
  EXPECT_EQ(secrets->front().name, "DB_USER");
  const auto all = to_variables(root, values, false);
  const SecureBytes text = render_env(*all);
  EXPECT_EQ(reveal(text), "DB_USER=\"it's \\$5\"\nDB_PORT=5432\nHOSTS='[\"a\", \"b\"]'\n");
  const auto read = parse_dotenv(reveal(text), "x");
  ASSERT_TRUE(read);
  EXPECT_EQ(reveal(read->front().value), "it's $5");
}

TEST(Variables, RefuseWhatWouldCollideOrHarm) {
  EXPECT_FALSE(to_variables(yaml("a_b: 1\na: {b: 2}"), {}, false));
  EXPECT_FALSE(to_variables(yaml("path: /x"), {}, false));
  EXPECT_FALSE(to_variables(yaml("ld: {preload: x}"), {}, false));
}

}  // namespace
}  // namespace sluice::secrets
