#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "finding/audit.h"

/// Audits made by hand, for the golden files and for the tests in a browser. Secrets are put
/// together at run time from parts that mean nothing.
namespace sluice::report::sample {

/// 40 characters, some of which every escaping has to change.
inline std::string secret_text() {
  std::string text = "zz";
  text += "_<&\"'";
  for (char c = 'a'; text.size() < 38; ++c) text += c;
  return text + "%=";
}

inline Scope scope() {
  Scope scope;
  scope.kind = "history";
  scope.description = "all objects of 3 branches and 2 tags";
  scope.commits = 12;
  scope.blobs = 340;
  scope.messages = 14;
  scope.bytes = 1'234'567;
  scope.seconds = 0.04;
  return scope;
}

inline Finding token() {
  Finding finding;
  finding.rule = "example-token";
  finding.title = "Example access token";
  finding.severity = Severity::critical;
  finding.confidence = Confidence::high;
  finding.message = "An access token of Example is in this file.";
  finding.remedy =
      "Revoke the token in the settings of Example, issue another and keep it in the environment.";
  finding.reference = "https://example.com/docs/tokens?rotate=1&now=yes";
  const std::string before = "    token = \"";
  finding.at = {"src/app/config.py", 12, 14, 12, 54};
  finding.paths = {"docs/setup.md", "src/app/config.py", "src/app/old/config.py"};
  finding.origin = {OriginKind::blob, std::string(40, 'b'), std::string(40, 'c'),
                    "Ada Lovelace <ada@example.com>", "2024-03-05T10:20:30+01:00"};
  finding.present_at = PresentAt{7, {"refs/heads/main", "refs/heads/<b>", "refs/remotes/origin/main", "refs/tags/v1",
                                     "refs/tags/v2", "refs/tags/v3", "refs/tags/v4"}};
  finding.fingerprint = std::string(31, '0') + "1";
  finding.excerpt = {before, Secret(secret_text()), "\"  # staging"};
  return finding;
}

inline Finding in_message() {
  Finding finding = token();
  finding.present_at.reset();
  finding.severity = Severity::high;
  finding.message = "An access token of Example is in a commit message.";
  finding.at = {"", 3, 8, 3, 48};
  finding.paths = {};
  finding.origin.kind = OriginKind::commit_message;
  finding.origin.object = std::string(40, 'd');
  finding.origin.commit = std::string(40, 'd');
  finding.origin.author = "Grace Hopper <grace@example.com>";
  finding.origin.date = "2025-01-20T08:00:00-05:00";
  finding.excerpt = {"Use it: ", Secret(secret_text()), ""};
  finding.fingerprint = std::string(31, '0') + "2";
  return finding;
}

inline Finding clash() {
  Finding finding;
  finding.rule = "CFG003";
  finding.title = "Changed type";
  finding.severity = Severity::high;
  finding.confidence = Confidence::high;
  finding.message = "`server.port` is a string here and an integer in the base.";
  finding.remedy = "Write the value without quotes, or change the base.";
  finding.at = {"config/config_prod.yaml", 7, 9, 7, 15};
  finding.paths = {"config/config_prod.yaml"};
  finding.fingerprint = std::string(31, '0') + "3";
  finding.excerpt.before = "  port: \"8080\"";
  finding.related = {
      {"config/config_base.yaml", 104, 9, "the base has an integer", "  port: 8000"}};
  return finding;
}

inline Finding tracked_env() {
  Finding finding;
  finding.rule = "ENV001";
  finding.title = "Tracked .env";
  finding.severity = Severity::medium;
  finding.confidence = Confidence::high;
  finding.message = "`services/api/.env` is tracked by Git.";
  finding.remedy = "Run `git rm --cached services/api/.env` and add `.env` to .gitignore.";
  finding.at.path = "services/api/.env";
  finding.paths = {"services/api/.env"};
  finding.origin.kind = OriginKind::tree;
  finding.fingerprint = std::string(31, '0') + "4";
  return finding;
}

inline Finding wide_line() {
  Finding finding = token();
  finding.rule = "generic-secret";
  finding.title = "Generic secret";
  finding.severity = Severity::low;
  finding.confidence = Confidence::low;
  finding.message = "A value that looks random is assigned to a name that sounds secret.";
  finding.reference = "";
  finding.at = {"s\xC3\xBC\xC3\x9F/\xE8\xA8\xAD\xE5\xAE\x9A 1.yaml", 3, 9, 5, 4};
  finding.paths = {finding.at.path};
  finding.origin.kind = OriginKind::file;
  finding.origin.commit = finding.origin.author = finding.origin.date = finding.origin.object = "";
  finding.excerpt.before = "\t\xE8\xA8\xAD\xE5\xAE\x9A: ";
  finding.excerpt.after =
      " and then a tail that goes on for so long that no terminal shows it on one line, "
      "which is why it is cut";
  finding.fingerprint = std::string(31, '0') + "5";
  return finding;
}

inline Finding allowed(std::string by, std::string reason) {
  Finding finding = token();
  finding.at.path = "tests/fixture.py";
  finding.paths = {finding.at.path};
  finding.suppressed = Suppression{std::move(by), std::move(reason)};
  finding.fingerprint = std::string(31, '0') + "6";
  return finding;
}

inline Audit rich() {
  Audit audit;
  audit.scope = scope();
  audit.scope.skipped = {{"assets/film.mp4", "larger than --max-blob-size 10 MB"}};
  audit.findings = {token(),
                    in_message(),
                    clash(),
                    tracked_env(),
                    wide_line(),
                    allowed("comment", "made up for the tests"),
                    allowed("baseline", "")};
  audit.notes = {"the baseline entry 0123 matches nothing any more"};
  audit.exit_code = 1;
  return audit;
}

inline Audit clean() {
  Audit audit;
  audit.scope = scope();
  return audit;
}

inline Audit undecided() {
  Audit audit;
  audit.scope = scope();
  audit.findings = {clash()};
  audit.problems = {
      {"object is missing", std::string(40, 'e'), "fetch the whole history: git fetch --unshallow"},
      {"the policy file is not valid", ".sluice.yaml:3:5", ""}};
  audit.exit_code = 2;
  return audit;
}

/// What must never reach a reader as it stands.
inline std::string hostile_text() {
  return "\x1b[31mred\x1b]0;title\x07 \xC2\x9B"
         "2J \r\n::error::injected\n##[error]old %0A\t\"quoted\" 'x' `tick` "
         "--> ]]> <!-- </script><script>document.title='owned'</script><img src=x "
         "onerror=alert(1)> "
         "| cell | *bold* [link](javascript:alert(1)) \xFF\xFE\xE2\x80\xAE"
         "evil\xE2\x80\xA8 {{data}} &amp; \\";
}

inline Audit hostile() {
  const std::string bad = hostile_text();
  Finding finding = token();
  finding.rule = "rule" + bad;
  finding.title = finding.message = finding.remedy = bad;
  finding.reference = "javascript:alert(1)//" + bad;
  finding.at.path = "=cmd|" + bad;
  finding.paths = {finding.at.path, "other" + bad};
  finding.origin = {OriginKind::blob, bad, bad, bad, bad};
  finding.fingerprint = bad;
  finding.excerpt.before = finding.excerpt.after = bad;
  finding.related = {{bad, 4, 2, bad, bad}};
  Finding pathless = finding;
  pathless.at.path = "";
  pathless.paths = {};
  Finding quieted = finding;
  quieted.suppressed = Suppression{"comment", bad};
  Audit audit;
  audit.scope = scope();
  audit.scope.kind = audit.scope.description = bad;
  audit.scope.skipped = {{bad, bad}};
  audit.findings = {finding, pathless, quieted};
  audit.problems = {{bad, bad, bad}};
  audit.notes = {bad};
  audit.exit_code = 2;
  return audit;
}

/// `count` findings over ten years, by 23 authors, of 12 rules.
inline Audit many(std::size_t count) {
  constexpr std::array<Severity, 4> severities = {Severity::critical, Severity::high,
                                                  Severity::medium, Severity::low};
  Audit audit;
  audit.scope = scope();
  audit.scope.commits = count * 3;
  audit.scope.blobs = count * 11;
  audit.scope.bytes = 12'345'678'901;
  audit.scope.seconds = 37.2;
  audit.exit_code = 1;
  std::uint32_t state = 7;
  const auto next = [&state](std::uint32_t below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
  };
  for (std::size_t i = 0; i < count; ++i) {
    Finding finding = token();
    const std::uint32_t rule = next(12) * next(12) / 12;
    finding.rule = fmt::format("provider-{:02}", rule);
    finding.title = fmt::format("Key of provider {}", rule);
    finding.severity = severities[rule % 4];
    finding.at.path = fmt::format("services/s{:02}/settings_{:05}.py", next(40), i);
    finding.paths = {finding.at.path};
    finding.at.line = 1 + next(900);
    finding.at.end_line = finding.at.line;
    const std::uint32_t author = next(23);
    finding.origin.author = fmt::format("Author {0:02} <author{0:02}@example.com>", author);
    finding.origin.date = fmt::format("{}-{:02}-{:02}T12:00:00+00:00",
                                      2016 + (next(10) + next(10)) / 2, 1 + next(12), 1 + next(28));
    finding.fingerprint = fmt::format("{:032x}", i);
    audit.findings.push_back(std::move(finding));
  }
  return audit;
}

}  // namespace sluice::report::sample
