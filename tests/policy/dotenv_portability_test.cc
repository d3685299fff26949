#include "policy/dotenv_portability.h"
#include "policy/python_sdist.h"

#include <gtest/gtest.h>

#include "policy/docker_ignore.h"
#include "policy/support.h"

namespace sluice::policy {
namespace {

// `line:start-end key`, or empty where all readers agree.
std::string found_in(std::string_view text) {
  std::string found;
  for (const DotenvDifference& difference : dotenv_differences(text)) {
    found += (found.empty() ? "" : " ") + std::to_string(difference.line) + ":" +
             std::to_string(difference.start) + "-" + std::to_string(difference.end) + " " +
             difference.key;
  }
  return found;
}

TEST(DotenvPortability, LinesThatReadersTakeDifferently) {
  EXPECT_EQ(found_in("SPACED = abc\n"), "1:0-6 SPACED");
  EXPECT_EQ(found_in("COLON: yes\n"), "1:0-5 COLON");
  EXPECT_EQ(found_in("NOEQ\n"), "1:0-4 NOEQ");
  EXPECT_EQ(found_in("HASH=abc#def\n"), "1:5-12 HASH");
  EXPECT_EQ(found_in("DQ=\"a\\nb\"\n"), "1:3-9 DQ");
  EXPECT_EQ(found_in("BT=`x y`\n"), "1:3-8 BT");
  EXPECT_EQ(found_in("A=${PLAIN}/x\nB=$PLAIN/x\nC=pa$$word\nD=$(echo hi)\nE=pa\\$word\n"),
            "1:2-12 A 2:2-10 B 3:2-10 C 4:2-12 D 5:2-10 E");
  EXPECT_EQ(found_in("A='${PLAIN}/x'\n"), "1:2-14 A");
  EXPECT_EQ(found_in("A.B=1\nA-B=2\n1NUM=3\n"), "1:0-3 A.B 2:0-3 A-B 3:0-4 1NUM");
  EXPECT_EQ(found_in("UNTERM=\"abc\n"), "1:7-11 UNTERM");
  EXPECT_EQ(found_in("QEND=\"abc\"def\n"), "1:5-10 QEND");
  EXPECT_EQ(found_in("A=b c\n"), "1:2-5 A");
  EXPECT_EQ(found_in("A=1\r\n"), "1:0-0 ");
  EXPECT_EQ(found_in("\xEF\xBB\xBF" "A=1\n"), "1:0-0 ");
}

TEST(DotenvPortability, LinesThatAllTakeAlike) {
  EXPECT_EQ(found_in("A=1\nexport B=two\nC='a b # $x'\nD=\"a b # c\"\nE=\n# F=$x\nG=abc # d\n"
                     "H=\"l1\nl2 = x\nl3\"\nI=https://x.example/y?z=1\nJ=a,b:c@d\n"),
            "");
  EXPECT_EQ(found_in("H='l1\nl2 = #\nl3'\nI=1\n"), "");
}

TEST(DotenvPortability, IsToldForTemplates) {
  const KeepingSink sink = check_files({{".gitignore", ".env\n"}, {".env.example", "A=1\nB=x y\n"}});
  const auto findings = sink.of("ENV006");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].at.path, ".env.example");
  EXPECT_EQ(findings[0].at.line, 2u);
  EXPECT_EQ(findings[0].at.column, 3u);
  EXPECT_EQ(findings[0].message.find("x y"), std::string::npos);
}

TEST(TemplateParity, KeysOfOneEnvironmentThatAnotherLacks) {
  const KeepingSink sink = check_files({{".gitignore", ".env*\n!.env*.example\n"},
                                        {".env.dev.example", "A=\nB=\n# C=\n"},
                                        {".env.prod.example", "A=\nC=\n"},
                                        {".env.example", "Z=\n"}});
  const auto findings = sink.of("ENV007");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].at.path, ".env.prod.example");
  EXPECT_NE(findings[0].message.find("`B`"), std::string::npos);
}

TEST(DockerIgnore, IsReadAsDockerReadsIt) {
  EXPECT_TRUE(is_docker_ignored(".env\n", ".env"));
  EXPECT_FALSE(is_docker_ignored(".env\n", "api/.env"));
  EXPECT_TRUE(is_docker_ignored("**/.env*\n", "api/.env"));
  EXPECT_TRUE(is_docker_ignored("/.env\n", ".env"));
  EXPECT_TRUE(is_docker_ignored("api/\n", "api/.env"));
  EXPECT_FALSE(is_docker_ignored("*\n!.env\n", ".env"));
  EXPECT_TRUE(is_docker_ignored("*\n!src\n", ".env"));
  EXPECT_FALSE(is_docker_ignored("# .env\n", ".env"));
}

TEST(BuildContext, ThatWouldCarryAnEnvFile) {
  const auto paths = [](const Files& files) {
    std::string found;
    for (const Finding& finding : check_files(files).of("ENV008")) {
      found += finding.at.path + ":" + std::to_string(finding.at.line) + " ";
    }
    return found;
  };
  const std::pair<std::string, std::string> ignore{".gitignore", ".env\n"};
  const std::pair<std::string, std::string> docker{"Dockerfile", "FROM x\nCOPY . .\n"};
  EXPECT_EQ(paths({ignore, docker}), "Dockerfile:2 ");
  EXPECT_EQ(paths({ignore, docker, {".dockerignore", "node_modules\n"}}), ".dockerignore:1 ");
  EXPECT_EQ(paths({ignore, docker, {".dockerignore", ".env*\n"}}), "");
  EXPECT_EQ(paths({docker, {"a.txt", ""}}), "");
  const std::pair<std::string, std::string> hidden{"Dockerfile", "FROM x\nCOPY .* ./\n"};
  EXPECT_EQ(paths({ignore, hidden}), "Dockerfile:2 ");
  EXPECT_EQ(paths({ignore, hidden, {".dockerignore", "node_modules\n"}}), ".dockerignore:1 ");
  EXPECT_EQ(paths({ignore, hidden, {".dockerignore", ".e*\n"}}), "");
  const std::pair<std::string, std::string> nested{"api/Dockerfile", "FROM x\nCOPY . .\n"};
  const auto compose = [](const std::string& build) {
    return std::pair<std::string, std::string>{"deploy/compose.yaml", "services:\n  api:\n    build: " + build + "\n"};
  };
  const std::string from_top = "{context: .., dockerfile: ./api/Dockerfile}";
  EXPECT_EQ(paths({ignore, nested, compose(from_top)}), "api/Dockerfile:2 ");
  EXPECT_EQ(paths({ignore, nested, compose(from_top), {"api/.dockerignore", ".env*\n"}}), "api/Dockerfile:2 ") << "not in that context";
  EXPECT_EQ(paths({ignore, nested, compose(from_top), {".dockerignore", ".env*\n"}}), "");
  EXPECT_EQ(paths({ignore, nested, compose("../api"), {"api/.dockerignore", ".env*\n"}}), "");
  EXPECT_EQ(paths({ignore, nested, compose("../api"), {".dockerignore", "**/.env*\n"}}), "api/Dockerfile:2 ");
  EXPECT_EQ(paths({ignore, nested, compose("../../api"), {"api/.dockerignore", ".env*\n"}}), "") << "outside of the tree";
  EXPECT_EQ(paths({ignore, nested, compose("$DIR"), {"api/.dockerignore", ".env*\n"}}), "");
  const std::pair<std::string, std::string> deeper{"api/.env.example", "A=\n"};
  EXPECT_EQ(paths({ignore, docker, deeper, {".dockerignore", ".env\n"}}), ".dockerignore:1 ");
  EXPECT_EQ(paths({ignore, docker, deeper, {".dockerignore", "**/.env\n"}}), "");
  EXPECT_EQ(paths({ignore, docker, deeper, {".dockerignore", ".env\napi\n"}}), "");
  const std::pair<std::string, std::string> of_api{"Dockerfile", "FROM x\nCOPY web .\nCOPY api/ /app/\n"};
  EXPECT_EQ(paths({ignore, of_api, deeper}), "Dockerfile:3 ");
  EXPECT_EQ(paths({ignore, of_api, {"web/.env.example", "A=\n"}, {".dockerignore", "web/.env\n"}}), "");
  EXPECT_EQ(paths({ignore, of_api, {"lib/.env.example", "A=\n"}}), "");
  EXPECT_EQ(paths({ignore, {"package.json", "{}"}, {".npmignore", "test\n"}}), ".npmignore:1 ");
  EXPECT_EQ(paths({ignore, {"package.json", "{\"files\": []}"}, {".npmignore", "test\n"}}), "");
  EXPECT_EQ(paths({ignore, {"package.json", "{\"private\":true}"}, {".npmignore", "test\n"}}), "");
  EXPECT_EQ(paths({ignore, {"package.json", "{\"keywords\": [\"files\"]}"}, {".npmignore", "test\n"}}), ".npmignore:1 ");
  EXPECT_EQ(paths({ignore, {".gcloudignore", "#!include:.gitignore\n"}}), "");
  EXPECT_EQ(paths({ignore, {".gcloudignore", "x\n"}}), ".gcloudignore:1 ");
  for (const std::string name : {".ebignore", ".cfignore", ".vercelignore", ".funcignore", ".amlignore"}) {
    EXPECT_EQ(paths({ignore, {name, "x\n"}}), name + ":1 ");
    EXPECT_EQ(paths({ignore, {name, "x\n.env*\n"}}), "");
  }
  EXPECT_EQ(paths({ignore, {"Containerfile", "COPY . .\n"}, {".containerignore", "**/.env*\n"}}), "");
  EXPECT_EQ(paths({ignore, {"Containerfile", "COPY . .\n"}, {".containerignore", "x\n"}}), ".containerignore:1 ");
  EXPECT_EQ(paths({ignore, {"MANIFEST.in", "include *.md\ninclude .env\n"}}), "MANIFEST.in:2 ");
  EXPECT_EQ(paths({{"a.txt", ""}, {"MANIFEST.in", "include .env\n"}}), "") << "no .env is kept";
  EXPECT_EQ(paths({ignore, {"pyproject.toml", "[tool.poetry]\ninclude = [\".env\"]\n"}}), "pyproject.toml:2 ");
}

TEST(PythonSdist, LastCommandAboutEnvDecides) {
  const auto line = [](std::string_view text) { return sdist_include_of_manifest(text).line; };
  EXPECT_EQ(line("include README.md\ninclude *\n"), 2u);
  EXPECT_EQ(line("graft .\n"), 1u);
  EXPECT_EQ(line("global-include .e*  # all\n"), 1u);
  EXPECT_EQ(line("include *\nglobal-exclude .env*\n"), 0u);
  EXPECT_EQ(line("global-exclude .env\ninclude .env\n"), 2u);
  EXPECT_EQ(line("include *.py env\ngraft src\nrecursive-include . *\n# include .env\n"), 0u);
}

TEST(PythonSdist, ListsOfPyproject) {
  const auto line = [](const std::string& text) { return sdist_include_of_pyproject(text).line; };
  EXPECT_EQ(line("[tool.poetry]\ninclude = [\n  {path = \".env\", format = \"sdist\"},\n]\n"), 3u);
  EXPECT_EQ(line("[tool.poetry]\ninclude = [\"CHANGELOG.md\"]\n"), 0u);
  EXPECT_EQ(line("[tool.hatch.build]\nartifacts = [\"*.so\", \".env\"]\n"), 2u);
  EXPECT_EQ(line("[tool.hatch.build.targets.sdist]\ninclude = [\"*\"]\n"), 0u) << "Git's rules still count";
  EXPECT_EQ(line("[tool.hatch.build]\nignore-vcs = true\ninclude = [\"*\"]\n"), 3u);
  EXPECT_EQ(line("[tool.poetry\n"), 0u);
}

}  // namespace
}  // namespace sluice::policy
