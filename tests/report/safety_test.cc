#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/formats.h"
#include "report/sample.h"

// What must hold for every format, whatever the audit holds.
namespace sluice::report {
namespace {
namespace safety_tests {

std::size_t occurrences(std::string_view text, std::string_view needle) {
  std::size_t count = 0;
  for (auto at = text.find(needle); at != std::string_view::npos; at = text.find(needle, at + 1))
    ++count;
  return count;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= 6;) out += digits[bits >> (held -= 6) & 63];
  }
  return out;
}

std::string percent(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

// The secret's plain middle survives every escaping, so it stands for the whole.
std::vector<std::string> traces_of_secret() {
  const std::string secret = sample::secret_text();
  const std::string middle = secret.substr(8, 20);
  std::vector<std::string> traces = {secret, middle, percent(middle)};
  // Base64 at the three alignments, without the digits that depend on the neighbours.
  for (std::size_t shift = 0; shift < 3; ++shift) {
    traces.push_back(base64(secret.substr(shift, 30)).substr(0, 38));
    traces.push_back(base64(secret.substr(8 + shift, 15)));
  }
  return traces;
}

Audit with_the_secret_everywhere() {
  Audit audit = sample::rich();
  const std::string secret = sample::secret_text();
  for (Finding& finding : audit.findings) {
    finding.message += " It reads " + secret + ".";
    finding.remedy += " Not " + secret + ".";
    if (!finding.excerpt.secret.empty()) finding.excerpt.after += secret;
    finding.excerpt.secret = Secret(secret);
    finding.related.push_back({"other.py", 3, 1, "also " + secret, "x = " + secret});
  }
  return audit;
}

std::vector<RenderOptions> redacting_options() {
  RenderOptions plain;
  RenderOptions verbose;
  verbose.verbose = verbose.color = true;
  RenderOptions quiet;
  quiet.quiet = true;
  return {plain, verbose, quiet};
}

TEST(Safety, NoFormatShowsTheSecret) {
  const std::vector<std::string> traces = traces_of_secret();
  for (const Format& format : formats()) {
    for (const RenderOptions& options : redacting_options()) {
      for (const Audit& audit : {sample::rich(), with_the_secret_everywhere()}) {
        const std::string out = format.render(audit, options);
        for (const std::string& trace : traces) {
          EXPECT_EQ(out.find(trace), std::string::npos) << format.name;
        }
      }
    }
  }
}

TEST(Safety, RedactionOffShowsItWhereTheLineIsShown) {
  RenderOptions options;
  options.redact = false;
  const std::string middle = sample::secret_text().substr(8, 20);
  for (const Format& format : formats()) {
    if (format.name == "github" || format.name == "markdown") continue;  // they show no line
    EXPECT_NE(format.render(sample::rich(), options).find(middle), std::string::npos)
        << format.name;
  }
}

TEST(Safety, NoControlCharacterAndOnlyUtf8) {
  for (const Format& format : formats()) {
    for (RenderOptions options : redacting_options()) {
      options.color = false;
      const std::string out = format.render(sample::hostile(), options);
      EXPECT_TRUE(base::is_valid_utf8(out)) << format.name;
      EXPECT_EQ(occurrences(out, "\xC2\x9B"), 0u) << format.name;      // C1 CSI
      EXPECT_EQ(occurrences(out, "\xE2\x80\xAE"), 0u) << format.name;  // right-to-left override
      EXPECT_EQ(std::count_if(out.begin(), out.end(),
                              [](char c) {
                                return (c >= 0 && c < ' ' && c != '\n' && c != '\r') || c == 0x7F;
                              }),
                0)
          << format.name;
      if (format.name == "csv") continue;  // its lines end in CRLF
      EXPECT_EQ(occurrences(out, "\r"), 0u) << format.name;
    }
  }
}

// Replaces all that is hostile by one word: the frame around it must be the same.
Audit tamed() {
  Audit audit = sample::hostile();
  const std::string bad = sample::hostile_text();
  const auto tame = [&bad](std::string& text) {
    for (auto at = text.find(bad); at != std::string::npos; at = text.find(bad, at))
      text.replace(at, bad.size(), "tame");
  };
  for (Finding& finding : audit.findings) {
    for (std::string* text :
         {&finding.rule, &finding.title, &finding.message, &finding.remedy, &finding.reference,
          &finding.at.path, &finding.origin.author, &finding.origin.commit, &finding.origin.date,
          &finding.origin.object, &finding.fingerprint, &finding.excerpt.before,
          &finding.excerpt.after})
      tame(*text);
    for (std::string& path : finding.paths) tame(path);
    for (Related& related : finding.related)
      related.path = related.message = related.excerpt = "tame";
    if (finding.suppressed) finding.suppressed = Suppression{"tame", "tame"};
  }
  audit.scope.kind = audit.scope.description = "tame";
  audit.scope.skipped = {{"tame", "tame"}};
  audit.problems = {{"tame", "tame", "tame"}};
  audit.notes = {"tame"};
  return audit;
}

TEST(Safety, HostileTextAddsNoLine) {
  RenderOptions options;
  options.width = 1'000'000;
  for (const Format& format : formats()) {
    // JSON adds `path_bytes` lines; JsonGivesHostileTextBack reads it whole. The page is below.
    if (format.name == "html" || format.name == "json") continue;
    EXPECT_EQ(occurrences(format.render(sample::hostile(), options), "\n"),
              occurrences(format.render(tamed(), options), "\n"))
        << format.name;
  }
}

TEST(Safety, HostileTextAddsNoMarkup) {
  const std::vector<std::string_view> marks = {"<script", "</script", "<!--", "-->", "]]>", "<img"};
  for (const std::string_view name : {"html", "junit", "markdown"}) {
    const std::string bad = find_format(name)->render(sample::hostile(), {});
    const std::string good = find_format(name)->render(tamed(), {});
    for (const std::string_view mark : marks)
      EXPECT_EQ(occurrences(bad, mark), occurrences(good, mark)) << name << mark;
  }
  const std::string markdown = find_format("markdown")->render(sample::hostile(), {});
  EXPECT_EQ(markdown.find("[link]"), std::string::npos);
  EXPECT_NE(markdown.find("\\[link\\]"), std::string::npos);
  EXPECT_EQ(occurrences(markdown, "*bold*"), 0u);
}

TEST(Safety, EachAnnotationIsOneCommand) {
  std::size_t commands = 0;
  const std::string out = find_format("github")->render(sample::hostile(), {});
  for (const std::string_view line : base::split(out, '\n')) {
    EXPECT_EQ(line.find("##["), std::string_view::npos);
    if (!line.starts_with("::")) continue;
    ++commands;
    const std::string_view properties = line.substr(2, line.find("::", 2) - 2);
    EXPECT_EQ(occurrences(properties, ","),
              occurrences(properties, "=") - occurrences(properties, "=cmd") -
                  occurrences(properties, "src=x") - occurrences(properties, "onerror=") -
                  occurrences(properties, ".title=") - 1);
  }
  EXPECT_EQ(commands, 3u);  // a problem and two findings that are not suppressed
}

TEST(Safety, NoSpreadsheetFormula) {
  Audit audit = sample::clean();
  for (const std::string_view start : {"=", "+", "-", "@"}) {
    Finding finding = sample::clash();
    finding.at.path = std::string(start) + "SUM(A1)";
    audit.findings.push_back(finding);
  }
  const std::string out = find_format("csv")->render(audit, {});
  for (const std::string_view cell : {",=", ",+", ",-", ",@", ",\"=", ",\"+", ",\"-", ",\"@"}) {
    EXPECT_EQ(occurrences(out, cell), 0u) << cell;
  }
  EXPECT_EQ(occurrences(out, ",\"'"), 4u);
}

TEST(Safety, PathsThatAreNotTextKeepTheirBytesInJson) {
  Audit audit = sample::clean();
  Finding finding = sample::clash();
  finding.at.path = "a\xFF";
  finding.paths = {"a\xFF", "b"};
  audit.findings = {finding};
  const auto json = nlohmann::json::parse(find_format("json")->render(audit, {}));
  EXPECT_EQ(json["findings"][0]["path"], "a\xEF\xBF\xBD");
  EXPECT_EQ(json["findings"][0]["path_bytes"], "61ff");
  EXPECT_EQ(json["findings"][0]["paths_bytes"], (nlohmann::json{"61ff", nullptr}));
  const auto sarif = nlohmann::json::parse(find_format("sarif")->render(audit, {}));
  EXPECT_EQ(
      sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
      "a%FF");
}

TEST(Safety, JsonGivesHostileTextBack) {
  const auto json = nlohmann::json::parse(find_format("json")->render(sample::hostile(), {}));
  EXPECT_EQ(json["findings"][0]["message"], base::to_valid_utf8(sample::hostile_text()));
  EXPECT_EQ(json["problems"][0]["what"], base::to_valid_utf8(sample::hostile_text()));
}

TEST(Safety, AnUndecidedRunIsNeverGreen) {
  Audit audit = sample::clean();
  audit.exit_code = 2;
  EXPECT_NE(find_format("junit")->render(audit, {}).find("<error"), std::string::npos);
  EXPECT_TRUE(find_format("github")->render(audit, {}).starts_with("::error "));
  RenderOptions quiet;
  quiet.quiet = true;
  EXPECT_NE(find_format("text")->render(audit, quiet).find("problem: "), std::string::npos);
  EXPECT_NE(find_format("csv")->render(audit, {}).find("\nproblem,"), std::string::npos);
  const auto sarif = nlohmann::json::parse(find_format("sarif")->render(audit, {}));
  EXPECT_EQ(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
  for (const std::string_view name : {"text", "github", "markdown", "html"}) {
    EXPECT_NE(find_format(name)->render(audit, {}).find("could not decide"), std::string::npos)
        << name;
  }
}

TEST(Safety, SarifIsCutAtTheLimitAndSaysSo) {
  Audit audit = sample::clean();
  audit.findings.assign(25'001, sample::tracked_env());
  const auto run = nlohmann::json::parse(find_format("sarif")->render(audit, {}))["runs"][0];
  EXPECT_EQ(run["results"].size(), 25'000u);
  EXPECT_EQ(run["tool"]["driver"]["rules"].size(), 1u);
  const auto& notifications = run["invocations"][0]["toolExecutionNotifications"];
  ASSERT_EQ(notifications.size(), 1u);
  EXPECT_NE(notifications[0]["message"]["text"].get<std::string>().find("25001"),
            std::string::npos);
}

TEST(Safety, LargeReportsKeepWithinGithubsLimits) {
  const Audit audit = sample::many(10'000);
  EXPECT_LT(find_format("markdown")->render(audit, {}).size(), 1'000'000u);
  const std::string commands = find_format("github")->render(audit, {});
  EXPECT_TRUE(commands.starts_with("::notice title=sluice::GitHub shows 10"));
  EXPECT_EQ(occurrences(commands, "\n"), 10'002u);
}

}  // namespace safety_tests
}  // namespace
}  // namespace sluice::report
