#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "report/formats.h"
#include "report/sample.h"

// tests/report/golden/<format>.<case>: SLUICE_UPDATE_GOLDEN=1 writes them anew; read the diff.
namespace sluice::report {
namespace {
namespace golden_tests {

std::string golden_path(const std::string& name) {
  return std::string(SLUICE_SOURCE_DIR) + "/tests/report/golden/" + name;
}

// The page around the data changes with its design and is tested in a browser.
std::string stable_part(const Format& format, std::string text) {
  if (format.name != "html") return text;
  const std::string open = "<script type=\"application/json\" id=\"data\">";
  const auto start = text.find(open) + open.size();
  return text.substr(start, text.find("</script>", start) - start) + "\n";
}

void compare(const std::string& name, const std::string& actual) {
  const std::string path = golden_path(name);
  if (std::getenv("SLUICE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.good()) << path << " is missing: SLUICE_UPDATE_GOLDEN=1 writes it";
  std::stringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(actual, expected.str()) << path;
}

RenderOptions options() {
  RenderOptions result;
  result.tool_version = "1.2.3";
  return result;
}

TEST(Golden, EveryFormatOfEveryCase) {
  const std::vector<std::pair<std::string, Audit>> cases = {
      {"rich", sample::rich()}, {"clean", sample::clean()}, {"undecided", sample::undecided()}};
  for (const Format& format : formats()) {
    for (const auto& [name, audit] : cases) {
      compare(std::string(format.name) + "." + name,
              stable_part(format, format.render(audit, options())));
    }
  }
}

TEST(Golden, TextWithItsOptions) {
  const Format* text = find_format("text");
  ASSERT_NE(text, nullptr);
  RenderOptions verbose = options();
  verbose.verbose = verbose.color = true;
  verbose.width = 60;
  compare("text.rich-verbose-colour-narrow", text->render(sample::rich(), verbose));
  RenderOptions quiet = options();
  quiet.quiet = true;
  compare("text.rich-quiet", text->render(sample::rich(), quiet));
  compare("text.undecided-quiet", text->render(sample::undecided(), quiet));
}

TEST(Golden, HostileText) {
  compare("text.hostile", find_format("text")->render(sample::hostile(), options()));
  compare("csv.hostile", find_format("csv")->render(sample::hostile(), options()));
  compare("github.hostile", find_format("github")->render(sample::hostile(), options()));
  compare("markdown.hostile", find_format("markdown")->render(sample::hostile(), options()));
}

TEST(Golden, TheSameAuditGivesTheSameBytes) {
  for (const Format& format : formats()) {
    EXPECT_EQ(format.render(sample::rich(), options()), format.render(sample::rich(), options()))
        << format.name;
  }
}

}  // namespace golden_tests
}  // namespace
}  // namespace sluice::report
