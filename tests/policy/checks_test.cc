#include "policy/checks.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "policy/support.h"

namespace sluice::policy {
namespace {

using testing::GitRepository;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Checks, EveryRowIsCompleteAndInOrder) {
  std::set<std::string_view> names;
  std::string_view last;
  for (const Check& check : checks()) {
    EXPECT_LT(last, check.id);
    last = check.id;
    EXPECT_TRUE(names.insert(check.name).second) << check.name;
    EXPECT_FALSE(check.help.empty() || check.remedy.empty()) << check.id;
    EXPECT_EQ(&check_by_id(check.id), &check);
  }
}

TEST(Checks, EveryRowIsDocumented) {
  const std::string page = testing::read_whole(SLUICE_SOURCE_DIR "/docs/env.md");
  for (const Check& check : checks())
    EXPECT_TRUE(has(page, "## " + std::string(check.id) + " " + std::string(check.name)))
        << check.id;
}

TEST(EnvNotIgnored, ACompleteRuleSaysNothing) {
  for (const char* rules : {".env\n.env.*\n!.env.example\n", ".env*\n!.env.example\n",
                            "\xef\xbb\xbf.env*\r\n", "*\n"}) {
    const KeepingSink sink = check_files({{".gitignore", rules},
                                          {".env.example", "KEY=changeme\n"},
                                          {"a/package.json", "{}"},
                                          {"a/b/Dockerfile", "FROM scratch"}});
    EXPECT_TRUE(sink.findings.empty()) << rules << sink.findings.front().message;
    EXPECT_TRUE(sink.problems.empty());
  }
}

TEST(EnvNotIgnored, AnEmptyIndexSaysNothing) {
  const GitRepository repository;
  EXPECT_TRUE(check_staged(repository).findings.empty());
}

TEST(EnvNotIgnored, NoRuleIsOneFindingForAllFolders) {
  const KeepingSink sink = check_files({{"readme", "x"},
                                        {"api/Dockerfile", "x"},
                                        {"web/package.json", "{}"},
                                        {"web/src/index.ts", "x"},
                                        {"deploy/.env.prod.example", "A="}});
  const auto found = sink.of("ENV001");
  ASSERT_EQ(found.size(), 1u);
  const Finding& finding = found[0];
  EXPECT_EQ(finding.severity, Severity::high);
  EXPECT_EQ(finding.origin.kind, OriginKind::tree);
  EXPECT_EQ(finding.at.path, ".gitignore");
  EXPECT_EQ(finding.at.line, 0u);
  EXPECT_TRUE(has(finding.message, "`.env` and 4 more are not ignored")) << finding.message;
  EXPECT_TRUE(has(finding.remedy, "make a .gitignore")) << finding.remedy;
  std::vector<std::string> related;
  for (const Related& one : finding.related) related.push_back(one.message);
  EXPECT_EQ(related,
            (std::vector<std::string>{
                "`.env` would not be ignored",
                "`api/.env` would not be ignored, and `Dockerfile` lies beside it",
                "`deploy/.env` would not be ignored, and `.env.prod.example` lies beside it",
                "`deploy/.env.prod` would not be ignored, and `.env.prod.example` lies beside it",
                "`web/.env` would not be ignored, and `package.json` lies beside it"}));
  EXPECT_EQ(finding.fingerprint.size(), 32u);
  EXPECT_TRUE(sink.of("ENV004").empty());
}

struct TrapCase {
  const char* rules;
  std::size_t line;
  const char* why;
  const char* remedy;
};

TEST(EnvNotIgnored, TheMessageExplainsTheLineThatMissesItsMark) {
  for (const TrapCase& one : {
           TrapCase{"x\n.env/\n", 2, "folders only", "write `.env` in line 2 of .gitignore"},
           TrapCase{".env # secrets\n", 1, "no comment behind a pattern", "write `.env` in line 1"},
           TrapCase{"  .env\n", 1, "space before it", "write `.env` in line 1"},
           TrapCase{"\".env\"\n", 1, "quotes", "write `.env`"},
           TrapCase{".env{,.local}\n", 1, "no braces", "write `.env`"},
           TrapCase{"./.env\n", 1, "`./`", "write `.env`"},
           TrapCase{"#.env\n", 1, "is a comment", "write `.env`"},
           TrapCase{".ENV\r\n", 1, "letter case", "write `.env`"},
       }) {
    const auto found = check_files({{".gitignore", one.rules}}).of("ENV001");
    ASSERT_EQ(found.size(), 1u) << one.rules;
    EXPECT_EQ(found[0].at.line, one.line) << one.rules;
    EXPECT_TRUE(has(found[0].message, one.why)) << found[0].message;
    EXPECT_TRUE(has(found[0].remedy, one.remedy)) << found[0].remedy;
    EXPECT_FALSE(found[0].excerpt.before.empty());
  }
}

TEST(EnvNotIgnored, AnIgnoreFileInUtf16HoldsNoPattern) {
  std::string bytes = "\xff\xfe";
  for (const char c : std::string("a\n.env\n")) bytes += std::string{c, '\0'};
  const auto found = check_files({{".gitignore", bytes}}).of("ENV001");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].at.line, 2u);
  EXPECT_TRUE(has(found[0].message, "UTF-16")) << found[0].message;
  EXPECT_TRUE(has(found[0].remedy, "UTF-8")) << found[0].remedy;
}

TEST(EnvNotIgnored, AnAnchorCoversItsOwnFolderOnly) {
  const auto found =
      check_files({{".gitignore", "/.env\n/.env.*\n"}, {"a/setup.py", "x"}, {"b/go.mod", "x"}})
          .of("ENV001");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].at.line, 1u);
  EXPECT_EQ(found[0].at.end_column, 6u);
  EXPECT_TRUE(has(found[0].message, "`a/.env` and 1 more are")) << found[0].message;
  EXPECT_TRUE(has(found[0].message, "ties it to the folder")) << found[0].message;
}

TEST(EnvNotIgnored, EachNegationIsItsOwnCause) {
  const auto found = check_files({{".gitignore", ".env*\n"},
                                  {"a/.gitignore", "x\n!.env\n"},
                                  {"a/setup.py", "x"},
                                  {"a/sub/setup.py", "x"},
                                  {"b/.gitignore", "!.env*\n"},
                                  {"b/setup.py", "x"}})
                         .of("ENV001");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].at.path, "a/.gitignore");
  EXPECT_EQ(found[0].at.line, 2u);
  EXPECT_EQ(found[0].excerpt.before, "!.env");
  EXPECT_EQ(found[0].related.size(), 2u);
  EXPECT_TRUE(has(found[0].message, "line 2 of a/.gitignore (`!.env`) takes it back in"));
  EXPECT_TRUE(has(found[0].remedy, "remove line 2 of a/.gitignore")) << found[0].remedy;
  EXPECT_EQ(found[1].at.path, "b/.gitignore");
}

TEST(EnvNotIgnored, ANegationThatDiffersInCaseCountsWhereCaseDoesNot) {
  const auto found = check_files({{".gitignore", ".env*\n!.ENV\n"}}).of("ENV001");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].at.line, 2u);
}

TEST(EnvNotIgnored, OnlyTrackedFilesCount) {
  const GitRepository repository;
  repository.write("setup.py", "x");
  repository.write(".git/info/exclude", ".env*\n");
  repository.git({"config", "core.excludesFile", repository.path() + "/.git/global"});
  repository.write(".git/global", ".env*\n");
  EXPECT_EQ(check_staged(repository).of("ENV001").size(), 1u);
  repository.write(".gitignore", ".env*\n");  // not staged
  const git::Repository handle = opened(repository);
  KeepingSink sink;
  check_env(*Tree::of_index(handle), {}, sink);
  EXPECT_EQ(sink.of("ENV001").size(), 1u);
  repository.git({"add", "-N", ".gitignore"});
  const git::Repository again = opened(repository);
  KeepingSink intended;
  check_env(*Tree::of_index(again), {}, intended);
  EXPECT_EQ(intended.of("ENV001").size(), 1u);
}

TEST(EnvNotIgnored, ALinkIsNoIgnoreFileAndAFolderIsNoEnvFile) {
  const GitRepository repository;
  repository.write("rules", ".env*\n");
  std::filesystem::create_symlink("rules", repository.path() + "/.gitignore");
  EXPECT_EQ(check_staged(repository).of("ENV001").size(), 1u);
  EXPECT_TRUE(check_files({{".gitignore", "x\n"}, {".env/bin/python", "x"}}).of("ENV001").empty());
}

TEST(EnvNotIgnored, AnUnreadableIgnoreFileIsAProblemAndNoVerdict) {
  GitRepository repository;
  repository.write(".gitignore", ".env*\n");
  repository.write("a/.gitignore", "!.env\n");
  repository.write("a/setup.py", "x");
  repository.commit_all("all");
  const std::string blob = repository.rev("HEAD:a/.gitignore");
  repository.remove(".git/objects/" + blob.substr(0, 2) + "/" + blob.substr(2));
  const git::Repository handle = opened(repository);
  KeepingSink sink;
  check_env(*Tree::of_index(handle), {}, sink);
  EXPECT_TRUE(sink.findings.empty());
  ASSERT_EQ(sink.problems.size(), 1u);
  EXPECT_EQ(sink.problems[0].where, "a/.gitignore");
}

TEST(EnvNotIgnored, FingerprintsFollowContentNotPosition) {
  const auto print = [](const Files& files) {
    return check_files(files).of("ENV001").at(0).fingerprint;
  };
  const Files moved = {{".gitignore", "a\nb\n.env/\n"}};
  EXPECT_EQ(print({{".gitignore", ".env/\n"}}), print(moved));
  EXPECT_NE(print({{".gitignore", ".env/\n"}}), print({{".gitignore", "/.env/\n"}}));
  EXPECT_NE(print({{".gitignore", ".env/\n"}}),
            print({{".gitignore", ".env/\n"}, {"a/go.mod", ""}}));
}

EnvOptions with_variants() {
  EnvOptions options;
  options.variants = {".env.local", ".env.development", ".env.staging", ".env.production"};
  return options;
}

TEST(EnvVariants, NoneIsAskedForUnlessThePolicyNamesIt) {
  EXPECT_TRUE(check_files({{".gitignore", ".env\n"}}).of("ENV004").empty());
}

TEST(EnvVariants, OneLowFindingForWhatTheRuleLeavesOpen) {
  const KeepingSink sink =
      check_files({{".gitignore", "x\n.env\n.env.local\n"}, {"a/go.mod", "x"}, {"readme", "x"}},
                  with_variants());
  EXPECT_TRUE(sink.of("ENV001").empty());
  const auto found = sink.of("ENV004");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::low);
  EXPECT_EQ(found[0].at.line, 2u);
  EXPECT_TRUE(has(found[0].message, "`.env.development`, `.env.production`, `.env.staging`"));
  EXPECT_FALSE(has(found[0].message, ".env.local"));
}

TEST(EnvVariants, ANegationIsNamed) {
  const auto found = check_files({{".gitignore", ".env*\n!.env.production\n"}}, with_variants()).of("ENV004");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].at.line, 2u);
  EXPECT_TRUE(has(found[0].message, "takes it back in")) << found[0].message;
}

TEST(EnvVariants, WhatATemplateStandsForIsHigh) {
  const KeepingSink sink =
      check_files({{".gitignore", ".env\n"}, {".env.production.example", "A=\n"}}, with_variants());
  const auto found = sink.of("ENV001");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(has(found[0].message, "`.env.production` is not ignored")) << found[0].message;
  ASSERT_EQ(sink.of("ENV004").size(), 1u);
  EXPECT_FALSE(has(sink.of("ENV004")[0].message, ".env.production"));
}

TEST(EnvTracked, EnvFilesAreNamedAndTemplatesAreNot) {
  const KeepingSink sink = check_files({{".gitignore", ".env\n"},
                                        {".env", "A=b\n"},
                                        {"a b/.env.production", "A=b\n"},
                                        {"c/.ENV", ""},
                                        {".env.example", "A=\n"}});
  const auto found = sink.of("ENV002");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].at.path, ".env");
  EXPECT_TRUE(has(found[0].message, "line 1 of .gitignore ignores it")) << found[0].message;
  ASSERT_EQ(found[0].related.size(), 1u);
  EXPECT_TRUE(has(found[0].remedy, "`git rm --cached -- .env`")) << found[0].remedy;
  EXPECT_EQ(found[0].origin.object.size(), 40u);
  EXPECT_EQ(found[1].at.path, "a b/.env.production");
  EXPECT_TRUE(has(found[1].remedy, "git rm --cached -- 'a b/.env.production'")) << found[1].remedy;
  EXPECT_TRUE(has(found[1].remedy, "add `.env.production` to .gitignore"));
  EXPECT_EQ(found[2].at.path, "c/.ENV");
}

TEST(EnvTracked, TheRemedyWorks) {
  const GitRepository repository;
  repository.write(".env", "A=b\n");
  ASSERT_EQ(check_staged(repository).of("ENV002").size(), 1u);
  repository.git({"rm", "-q", "--cached", "--", ".env"});
  repository.write(".gitignore", ".env\n.env.*\n!.env.example\n");
  repository.git({"add", "-A"});
  const git::Repository handle = opened(repository);
  KeepingSink sink;
  check_env(*Tree::of_index(handle), {}, sink);
  EXPECT_TRUE(sink.findings.empty());
}

TEST(EnvTemplate, ARealValueIsFoundAndNotShown) {
  const std::string value = real_value();
  const KeepingSink sink =
      check_files({{".gitignore", ".env*\n!.env.example\n"},
                   {".env.example", "A=1\nAPI_KEY='" + value + "' # x\nB=2\n"}});
  ASSERT_EQ(sink.findings.size(), 1u);
  const Finding& finding = sink.findings[0];
  EXPECT_EQ(finding.rule, "ENV003");
  EXPECT_EQ(finding.at.path, ".env.example");
  EXPECT_EQ(finding.at.line, 2u);
  EXPECT_EQ(finding.at.column, 10u);
  EXPECT_EQ(finding.at.end_column, 10u + value.size());
  EXPECT_EQ(finding.excerpt.before, "API_KEY='");
  EXPECT_EQ(finding.excerpt.secret.reveal(), value);
  for (const std::string& text :
       {finding.message, finding.remedy, finding.title, finding.excerpt.after})
    EXPECT_FALSE(has(text, value)) << text;
}

TEST(EnvTemplate, UrlsAndCommentsAndOtherEncodingsCount) {
  const std::string value = real_value();
  EXPECT_EQ(check_files({{"env.example",
                          "DB=postgres:"
                          "//app:" +
                              value + "@db/app\n"}})
                .of("ENV003")
                .size(),
            1u);
  EXPECT_EQ(check_files({{".env.sample", "# API_TOKEN=" + value + "\n"}}).of("ENV003").size(), 1u);
  EXPECT_EQ(check_files({{".env.dist", "# caf\xe9\r\nexport TOKEN=" + value + "\r\n"}})
                .of("ENV003")
                .size(),
            1u);
  std::string utf16 = "\xff\xfe";
  for (const char c : "TOKEN=" + value + "\n") utf16 += std::string{c, '\0'};
  EXPECT_EQ(check_files({{".env.example", utf16}}).of("ENV003").size(), 1u);
}

TEST(EnvTemplate, PlaceholdersAndHarmlessKeysSayNothing) {
  const KeepingSink sink =
      check_files({{".env.example",
                    "API_KEY=\nTOKEN=changeme\nDB_URL=postgres:"
                    "//app:password@localhost/app\nSECRET_ID=" +
                        real_value() + "\nPASSWORD=${X}\nJWT_SECRET=<secret>\n"},
                   {"other.txt", "API_KEY=" + real_value() + "\n"}});
  EXPECT_TRUE(sink.of("ENV003").empty());
}

TEST(EnvTemplate, FingerprintsFollowTheValue) {
  const std::string value = real_value();
  const auto print = [](const std::string& text) {
    return check_files({{".env.example", text}}).of("ENV003").at(0).fingerprint;
  };
  EXPECT_EQ(print("TOKEN=" + value + "\n"), print("\n\nTOKEN=\"" + value + "\"\n"));
  EXPECT_NE(print("TOKEN=" + value + "\n"), print("TOKEN=" + value + "1\n"));
}

TEST(Checks, HostileNamesAreQuotedInCommands) {
  const KeepingSink sink = check_files({{"a'; rm x\n/.env", "x"}});
  ASSERT_EQ(sink.of("ENV002").size(), 1u);
  EXPECT_TRUE(has(sink.of("ENV002")[0].remedy, "git rm --cached -- 'a'\\''; rm x\n/.env'"));
}

}  // namespace
}  // namespace sluice::policy
