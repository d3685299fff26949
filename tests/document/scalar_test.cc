#include "document/read.h"

namespace sluice::document {
namespace {

ScalarType type_of(std::string_view text) { return resolve_yaml_1_1(text); }

TEST(Scalar, TheTrapsOfPyYaml) {
  for (const char* text :
       {"1e-5", "3e-4", "1E5",  "1.5e3", "-.5", "+.5",  "1e400", "08",       "0o17", "inf",
        "nan",  "None", "tRuE", "y",     "n",   "0:05", "1,000", "2024-1-5", "=",    "1:60"}) {
    EXPECT_EQ(type_of(text), ScalarType::string) << text;
  }
  for (const char* text :
       {"1.0e-5", "1.e+5", ".5", "5.", "-.Inf", ".NaN", "3.10", "12:30:00.5", "1_000.5", "-.inf"}) {
    EXPECT_EQ(type_of(text), ScalarType::real) << text;
  }
  for (const char* text : {"012", "0777", "0x1F", "0b101", "1_000", "1:30", "56:56", "12:30:00",
                           "0", "-0", "+12", "00"}) {
    EXPECT_EQ(type_of(text), ScalarType::integer) << text;
  }
  for (const char* text : {"on", "Off", "NO", "yes", "True"}) {
    EXPECT_EQ(type_of(text), ScalarType::boolean) << text;
  }
  for (const char* text : {"2024-01-15", "2024-01-15T10:00:00Z", "2001-12-14 21:59:43.10 -5"}) {
    EXPECT_EQ(type_of(text), ScalarType::timestamp) << text;
  }
  for (const char* text : {"", "~", "null", "Null", "NULL"}) {
    EXPECT_EQ(type_of(text), ScalarType::null) << text;
  }
}

TEST(Scalar, TheCoreSchemaOfYaml12) {
  EXPECT_EQ(resolve_yaml_1_2("1e-5"), ScalarType::real);
  EXPECT_EQ(resolve_yaml_1_2("-.5"), ScalarType::real);
  EXPECT_EQ(resolve_yaml_1_2("0o17"), ScalarType::integer);
  EXPECT_EQ(resolve_yaml_1_2("012"), ScalarType::integer);
  EXPECT_EQ(resolve_yaml_1_2("no"), ScalarType::string);
  EXPECT_EQ(resolve_yaml_1_2("1:30"), ScalarType::string);
  EXPECT_EQ(resolve_yaml_1_2("1_000"), ScalarType::string);
  EXPECT_EQ(resolve_yaml_1_2("."), ScalarType::string);
  EXPECT_EQ(resolve_yaml_1_2("-"), ScalarType::string);
}

TEST(Scalar, TagsAndQuotesDecideFirst) {
  const Document document = yaml("[!!str 1, '1', !!float 1, !ENV 1, !!null '', !!int '5']");
  ASSERT_EQ(document.root.items.size(), 6u);
  const auto type = [&](std::size_t i) { return document.root.items[i].type; };
  EXPECT_EQ(type(0), ScalarType::string);
  EXPECT_EQ(type(1), ScalarType::string);
  EXPECT_EQ(type(2), ScalarType::real);
  EXPECT_EQ(type(3), ScalarType::custom);
  EXPECT_EQ(type(4), ScalarType::null);
  EXPECT_EQ(document.root.items[4].kind, Kind::null);
  EXPECT_EQ(type(5), ScalarType::integer);
}

TEST(Scalar, KeysAreTheSameWhenPythonSaysSo) {
  const auto identity = [](std::string_view text) { return key_identity(yaml(text).root); };
  EXPECT_EQ(identity("a"), identity("'a'"));
  EXPECT_NE(identity("1"), identity("'1'"));
  EXPECT_EQ(identity("true"), identity("True"));
  EXPECT_EQ(identity("yes"), identity("on"));
  EXPECT_NE(identity("yes"), identity("no"));
  EXPECT_EQ(identity("off"), identity("FALSE"));
  EXPECT_EQ(identity("+10"), identity("1_0"));
  EXPECT_NE(identity("10"), identity("010"));
  EXPECT_EQ(identity("1.0"), identity("1"));
  EXPECT_EQ(identity("-2."), identity("-2"));
  EXPECT_EQ(identity("yes"), identity("1"));
  EXPECT_EQ(identity("0.0"), identity("off"));
  EXPECT_NE(identity("1.5"), identity("1"));
  EXPECT_NE(identity(".inf"), identity("1"));
  EXPECT_EQ(identity("~"), identity("null"));
  EXPECT_NE(identity("~"), identity("'null'"));
}

}  // namespace
}  // namespace sluice::document
