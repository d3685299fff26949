#include "judge/assignment.h"

#include <gtest/gtest.h>

#include <string>

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
           "\\\"pass\\\": \\\"Value1\\\"", "pass_auth: Bearer Value1", "pass ?= Value1", "pass ::= \"Value1\"",
           "const pass = [\"Value1\"]", "pass = \"\"\"Value1\"\"\"", "?pass=Value1&next=1"}) {
    EXPECT_EQ(value_of(text, "pass"), "Value1") << text;
  }
}

TEST(Assignment, IsNoneWhereNothingIsGiven) {
  for (const char* text : {"pass", "pass = ", "pass()", "pass, user", "pass;\n", "bypass the gate", "pass = ''", "pass::of"}) {
    EXPECT_EQ(value_of(text, "pass"), "-") << text;
  }
}

TEST(Assignment, OfCodeOrAnInterpolationCannotBeASecret) {
  for (const char* text : {"pass = ${DB_PASS}", "pass = os.environ['X']", "pass = true",
                           "pass = self.name", "pass = get_it(1)", "pass = \"<here>\"", "pass = '********'", "pass = ahead->big"}) {
    EXPECT_EQ(value_of(text, "pass"), "x") << text;
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
