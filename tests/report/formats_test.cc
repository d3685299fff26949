#include "report/formats.h"

#include <gtest/gtest.h>

#include <set>

namespace sluice::report {
namespace {
namespace formats_tests {

TEST(Formats, EveryRowIsCompleteAndFoundByItsName) {
  std::set<std::string_view> names;
  for (const Format& format : formats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_FALSE(format.help.empty()) << format.name;
    ASSERT_NE(format.render, nullptr) << format.name;
    EXPECT_EQ(find_format(format.name), &format);
  }
  EXPECT_EQ(find_format("yaml"), nullptr);
  EXPECT_EQ(find_format(""), nullptr);
}

TEST(Formats, TheFileNameChooses) {
  const auto name = [](std::string_view path) {
    const Format* format = format_for_file(path);
    return format == nullptr ? std::string_view("none") : format->name;
  };
  EXPECT_EQ(name("out/report.sarif"), "sarif");
  EXPECT_EQ(name("report.sarif.json"), "sarif");
  EXPECT_EQ(name("report.JSON"), "json");
  EXPECT_EQ(name("a.xml"), "junit");
  EXPECT_EQ(name("a.csv"), "csv");
  EXPECT_EQ(name("a.html"), "html");
  EXPECT_EQ(name("a.htm"), "html");
  EXPECT_EQ(name("a.txt"), "text");
  EXPECT_EQ(name("a.md"), "markdown");
  EXPECT_EQ(name("a.pdf"), "none");
  EXPECT_EQ(name(".json"), "none");
  EXPECT_EQ(name(""), "none");
}

}  // namespace formats_tests
}  // namespace
}  // namespace sluice::report
