#include "schema/schema.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>

#include <unistd.h>

namespace sluice::schema {
namespace {

Value value_from(const std::string& json) {
  static std::vector<std::unique_ptr<document::Document>> kept;
  auto document = document::parse_json(json, "value.json");
  EXPECT_TRUE(document) << json;
  kept.push_back(std::make_unique<document::Document>(std::move(*document)));
  return value_of(kept.back()->root);
}

// `required 1:26` for each violation.
std::string broken(const std::string& schema, const std::string& value) {
  const auto read = Schema::read(schema, "s.json");
  if (!read) return fmt::format("error {}: {}", read.error().where, read.error().what);
  const Value read_value = value_from(value);
  const auto violations = read->validate(read_value);
  if (!violations) return "error " + violations.error().what;
  std::string text;
  for (const Violation& violation : *violations) {
    text += fmt::format("{}{} {}:{}{}", text.empty() ? "" : "; ", violation.keyword, violation.at.line,
                        violation.at.column, violation.key.empty() ? "" : " " + violation.key);
  }
  return text;
}

TEST(Schema, TellsThePlaceInTheSchema) {
  EXPECT_EQ(broken("{\n  \"properties\": {\n    \"a\": {\"type\": \"integer\"}\n  }\n}", R"({"a": "x"})"), "type 3:11");
  EXPECT_EQ(broken(R"({"required": ["a", "b"]})", R"({"a": 1})"), "required 1:20");
  EXPECT_EQ(broken(R"({"properties": {"a": {}}, "additionalProperties": false})", R"({"a": 1, "b": 2})"),
            "additionalProperties 1:27 b");
}

TEST(Schema, ReadsYaml) {
  const auto schema = Schema::read("properties:\n  a: {type: [string, null]}\n  b: {type: null}\n", "s.yaml");
  ASSERT_TRUE(schema);
  EXPECT_TRUE(schema->validate(value_from(R"({"a": null, "b": null})"))->empty());
  EXPECT_EQ(schema->validate(value_from(R"({"a": 1, "b": 1})"))->size(), 2u);
}

TEST(Schema, ABrokenOneIsAnErrorWithItsPlace) {
  EXPECT_EQ(broken(R"({"type": "int"})", "1").substr(0, 19), "error s.json:1:10: ");
  EXPECT_EQ(broken(R"({"properties": {"a": {"required": true}}})", "1").substr(0, 19), "error s.json:1:35: ");
  EXPECT_EQ(broken(R"x({"pattern": "(?=x)"})x", "1").substr(0, 19), "error s.json:1:13: ");
  EXPECT_EQ(broken(R"({"$ref": "#/$defs/a"})", "1").substr(0, 6), "error ");
  EXPECT_EQ(broken(R"({"$ref": "other.json"})", "1").substr(0, 6), "error ");
  EXPECT_EQ(broken(R"({"unevaluatedItems": false})", "1").substr(0, 6), "error ");
  EXPECT_EQ(broken("[]", "1").substr(0, 6), "error ");
  EXPECT_EQ(broken(R"({"minimum": "1"})", "1").substr(0, 6), "error ");
}

TEST(Schema, ReferencesInCirclesEnd) {
  EXPECT_EQ(broken(R"({"$ref": "#"})", "1").substr(0, 6), "error ");
  EXPECT_EQ(broken(R"({"properties": {"next": {"$ref": "#"}}, "required": ["v"]})", R"({"v": 1, "next": {"v": 1, "next": {}}})"),
            "required 1:54");
  std::string bomb = R"({"$defs": {"a0": {"type": "string"})";
  for (int i = 1; i < 40; ++i)
    bomb += fmt::format(R"(, "a{}": {{"allOf": [{{"$ref": "#/$defs/a{}"}}, {{"$ref": "#/$defs/a{}"}}]}})", i, i - 1, i - 1);
  EXPECT_EQ(broken(bomb + R"(}, "$ref": "#/$defs/a39"})", "\"x\"").substr(0, 6), "error ");
}

TEST(Schema, WhatIsUnknownBreaksNothing) {
  const auto schema = Schema::read(R"({"properties": {"a": {"type": "integer", "enum": [1]}}, "required": ["a"]})", "s.json");
  Value value;
  value.type = Value::Type::object;
  Value unknown;
  unknown.type = Value::Type::unknown;
  value.members.emplace_back("a", unknown);
  EXPECT_TRUE(schema->validate(value)->empty());
}

TEST(Schema, EarlierDrafts) {
  EXPECT_EQ(broken(R"({"minimum": 1, "exclusiveMinimum": true})", "1"), "minimum 1:2");
  EXPECT_EQ(broken(R"({"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"$ref": "#/definitions/s", "type": "integer"}},
              "definitions": {"s": {"type": "string"}}})", R"({"a": "x"})"), "");
  EXPECT_EQ(broken(R"({"items": [{"type": "string"}], "additionalItems": false})", R"(["a", 1])"), "false 1:52");
  EXPECT_EQ(broken(R"({"dependencies": {"a": ["b"], "c": {"required": ["d"]}}})", R"({"a": 1, "c": 1})"),
            "dependencies 1:25; required 1:50");
}

// Random schemas and values, small so that both outcomes come up often.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string value(int depth = 3) {
    switch (pick(depth > 0 ? 8 : 6)) {
      case 0: return "null";
      case 1: return pick(2) ? "true" : "false";
      case 2: return std::to_string(pick(6) - 2);
      case 3: return one({"1.5", "2.0", "1e1", "-0.5", "0.3"});
      case 4:
      case 5: return one({"\"\"", "\"a\"", "\"ab\"", "\"\xc3\xa4\"", "\"b1\"", "\"abc\""});
      case 6: return list(pick(4), [&] { return value(depth - 1); });
      default: return members(pick(4), [&] { return value(depth - 1); });
    }
  }

  std::string schema(int depth = 3) {
    if (pick(12) == 0) return pick(4) ? "true" : "false";
    std::string text = "{";
    const int count = pick(4);
    std::string used;
    for (int i = 0; i < count; ++i) {
      const auto [name, shape] = keyword(depth);
      if (used.find("\"" + name + "\"") != std::string::npos) continue;
      used += "\"" + name + "\"";
      text += fmt::format("{}\"{}\": {}", text.size() > 1 ? ", " : "", name, shape);
    }
    return text + "}";
  }

 private:
  int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  std::string one(std::vector<std::string> of) { return of[static_cast<std::size_t>(pick(static_cast<int>(of.size())))]; }
  std::string key() { return one({"a", "b", "ab", "c1"}); }

  template <class Make>
  std::string list(int count, Make make) {
    std::string text = "[";
    for (int i = 0; i < count; ++i) text += (i ? ", " : "") + make();
    return text + "]";
  }

  template <class Make>
  std::string members(int count, Make make) {
    std::string text = "{";
    std::string used;
    for (int i = 0; i < count; ++i) {
      const std::string name = "\"" + key() + "\"";
      if (used.find(name) != std::string::npos) continue;
      text += (used.empty() ? "" : ", ") + name + ": " + make();
      used += name;
    }
    return text + "}";
  }

  std::pair<std::string, std::string> keyword(int depth) {
    const auto below = [&] { return schema(depth - 1); };
    const auto type = [&] { return "\"" + one({"null", "boolean", "integer", "number", "string", "array", "object"}) + "\""; };
    switch (pick(depth > 0 ? 30 : 16)) {
      case 0: return {"type", type()};
      case 1: return {"type", fmt::format("[{}, \"object\"]", one({"\"string\"", "\"integer\"", "\"null\""}))};
      case 2: return {"enum", list(1 + pick(3), [&] { return value(1); })};
      case 3: return {"const", value(1)};
      case 4: return {"multipleOf", one({"1", "2", "0.5"})};
      case 5: return {"maximum", std::to_string(pick(4))};
      case 6: return {"exclusiveMinimum", std::to_string(pick(4) - 2)};
      case 7: return {"minLength", std::to_string(pick(3))};
      case 8: return {"maxLength", std::to_string(pick(3))};
      case 9: return {"pattern", one({"\"^a\"", "\"b$\"", "\"[0-9]\"", "\"^$\""})};
      case 10: return {"maxItems", std::to_string(pick(3))};
      case 11: return {"minItems", std::to_string(pick(3))};
      case 12: return {"uniqueItems", "true"};
      case 13: return {"minProperties", std::to_string(pick(3))};
      case 14: return {"required", fmt::format("[\"{}\"]", key())};
      case 15: return {"dependentRequired", fmt::format("{{\"{}\": [\"{}\"]}}", key(), key())};
      case 16: return {"properties", members(2, below)};
      case 17: return {"properties", members(3, below)};
      case 18: return {"patternProperties", fmt::format("{{\"{}\": {}}}", one({"^a", "b", "1$"}), below())};
      case 19: return {"additionalProperties", below()};
      case 20: return {"propertyNames", below()};
      case 21: return {"items", below()};
      case 22: return {"prefixItems", list(1 + pick(2), below)};
      case 23: return {"contains", below()};
      case 24: return {"allOf", list(1 + pick(2), below)};
      case 25: return {"anyOf", list(1 + pick(3), below)};
      case 26: return {"oneOf", list(1 + pick(3), below)};
      case 27: return {"not", below()};
      case 28: return {"dependentSchemas", fmt::format("{{\"{}\": {}}}", key(), below())};
      default: return {one({"if", "then", "else", "unevaluatedProperties"}), below()};
    }
  }

  std::mt19937 random_;
};

TEST(Schema, AgreesWithPythonJsonschema) {
  const char* asked = std::getenv("SLUICE_DIFFERENTIAL");
  const int count = asked != nullptr ? std::atoi(asked) : 2000;
  const std::string path = testing::TempDir() + fmt::format("schema_pairs_{}", ::getpid());
  std::vector<std::pair<std::string, std::string>> pairs;
  Generator generator(7);
  std::ofstream out(path);
  for (int i = 0; i < count; ++i) {
    pairs.emplace_back(generator.schema(), generator.value());
    out << "[" << pairs.back().first << ", " << pairs.back().second << "]\n";
  }
  out.close();
  const std::string command =
      fmt::format("/usr/bin/python3 {}/tests/schema/oracle_schema.py < {}", SLUICE_SOURCE_DIR, path);
  std::FILE* answers = ::popen(command.c_str(), "r");
  ASSERT_NE(answers, nullptr);
  int differences = 0;
  int valid = 0;
  int unanswered = 0;
  for (const auto& [schema, value] : pairs) {
    char line[16] = "";
    ASSERT_NE(std::fgets(line, sizeof line, answers), nullptr) << "python3-jsonschema is missing";
    if (line[0] == '?') {
      ++unanswered;
      continue;
    }
    const bool is_valid = line[0] == '1';
    valid += is_valid ? 1 : 0;
    const std::string mine = broken(schema, value);
    if (mine.empty() != is_valid && ++differences <= 5) {
      ADD_FAILURE() << schema << "\n" << value << "\n" << (is_valid ? "valid" : "invalid") << " to jsonschema; here: " << mine;
    }
  }
  ::pclose(answers);
  std::remove(path.c_str());
  EXPECT_EQ(differences, 0);
  EXPECT_LT(unanswered, count / 20);
  EXPECT_GT(valid, count / 10);
  EXPECT_LT(valid, count * 9 / 10);
}

}  // namespace
}  // namespace sluice::schema
