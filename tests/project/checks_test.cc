#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "config/folder.h"
#include "config/layout.h"
#include "finding/kept_findings.h"
#include "project/check.h"
#include "project/checks.h"

namespace sluice::project {
namespace {

using Tree = std::map<std::string, std::string>;

const Tree configuration = {{"config/config_base.yaml", "db: {host: localhost}\n"},
                            {"config/config_dev.yaml", "db: {host: dev}\n"},
                            {"config/config_prod.yaml", "db: {host: prod}\n"}};

Tree with(Tree tree, const Tree& more) {
  for (const auto& [path, text] : more) tree[path] = text;
  return tree;
}

KeptFindings run(const Tree& tree, const config::Options& options = {}) {
  Files files;
  std::vector<config::File> configuration_files;
  for (const auto& [path, text] : tree) {
    files.paths.push_back(path);
    if (config::may_be_config_file(path, options)) configuration_files.push_back({path, text});
  }
  files.read = [&tree](const std::string& path) -> Result<std::string> {
    if (tree.at(path) == "unreadable") return fail(ErrorKind::corrupt, "damaged", path);
    return tree.at(path);
  };
  KeptFindings sink;
  check(files, config::read_folders(configuration_files, options), options, policy::EnvOptions(),
        [](std::string_view) { return true; }, sink);
  return sink;
}

// `CFG027 config/config_prod.yaml:1` for each.
std::string said(const Tree& tree, const config::Options& options = {}) {
  std::string text;
  for (const Finding& finding : run(tree, options).findings) {
    text += fmt::format("{}{} {}:{}:{}", text.empty() ? "" : "\n", finding.rule, finding.at.path,
                        finding.at.line, finding.at.column);
  }
  return text;
}

TEST(Project, NothingIsAskedWithoutConfiguration) {
  EXPECT_EQ(said({{"a.py", "unreadable"}}), "");
  EXPECT_TRUE(run({{"a.py", "unreadable"}}).problems.empty());
}

TEST(Project, WhatCannotBeReadIsAProblem) {
  EXPECT_EQ(run(with(configuration, {{"a.py", "unreadable"}})).problems.size(), 1u);
}

TEST(Project, TellsAnEnvironmentThatNothingSelects) {
  const Tree tree = with(configuration, {{"compose.yaml", "services:\n  api:\n    environment:\n      APP_ENV: dev\n"}});
  const auto sink = run(tree);
  ASSERT_EQ(sink.findings.size(), 1u);
  EXPECT_EQ(sink.findings[0].rule, "CFG027");
  EXPECT_EQ(sink.findings[0].at.path, "config/config_prod.yaml");
  ASSERT_EQ(sink.findings[0].related.size(), 1u);
  EXPECT_EQ(sink.findings[0].related[0].path, "compose.yaml");
  EXPECT_EQ(sink.findings[0].related[0].line, 4u);
}

TEST(Project, TakesAnyMentionForASelection) {
  const std::string dev = "import os\nenv = os.getenv(\"APP_ENV\", \"dev\")\n";
  const Tree tree = with(configuration, {{"app.py", dev}});
  EXPECT_EQ(said(tree), "CFG027 config/config_prod.yaml:1:1");
  for (const auto& [path, text] : Tree{{".github/workflows/d.yml", "env:\n  APP_ENV: prod\n"},
                                       {".github/workflows/d.yml", "jobs:\n  deploy-production:\n"},
                                       {"Makefile", "deploy:\n\tAPP_ENV=prod python app.py\n"},
                                       {"Dockerfile", "ENV APP_ENV prod\n"},
                                       {"k8s/d.yaml", "env:\n  - name: APP_ENV\n    value: prod\n"},
                                       {"main.tf", "environment = \"prod\"\n"},
                                       {"app2.py", "if env == 'prod':\n    pass\n"},
                                       {"README.md", "run `APP_ENV=prod python app.py`\n"},
                                       {".env.example", "# dev, staging or prod\nAPP_ENV=dev\n"}}) {
    EXPECT_EQ(said(with(tree, {{path, text}})), "") << path << ": " << text;
  }
  EXPECT_NE(said(with(tree, {{"other.py", "# the prod one is old\n"}})), "") << "a comment";
  EXPECT_NE(said(with(tree, {{"README.md", "There is a prod, too.\n"}})), "") << "prose";
}

TEST(Project, SaysNothingWhereTheStarterChooses) {
  for (const char* value : {"$1", "${{ inputs.environment }}", "${{ vars.APP_ENV }}"}) {
    EXPECT_EQ(said(with(configuration, {{"run.sh", fmt::format("APP_ENV={}\n", value)}, {"a.sh", "APP_ENV=dev\n"}})), "")
        << value;
  }
  EXPECT_EQ(said(with(configuration, {{"app.py", "env = os.environ['APP_ENV']\n"}})), "")
      << "nothing tells what is selected";
}

TEST(Project, TellsASelectedEnvironmentWithoutFile) {
  const Tree tree = with(configuration, {{"compose.yaml", "x: {APP_ENV: dev}\ny: {APP_ENV: prod}\nz: {APP_ENV: qa2}\n"}});
  const auto sink = run(tree);
  ASSERT_EQ(said(tree), "CFG028 compose.yaml:3:14");
  EXPECT_EQ(sink.findings[0].at.end_column, 17u);
  for (const char* text : {"APP_ENV=uat python a.py", "ENV APP_ENV=uat", "os.getenv('APP_ENV', 'uat')",
                           "os.environ.get(\"APP_ENV\", default=\"uat\")", "process.env.APP_ENV || 'uat'",
                           "APP_ENV: ${APP_ENV:-uat}", "std::env::var(\"APP_ENV\").unwrap_or(\"uat\".into())",
                           "os.environ.get('APP_ENV') or 'uat'", "app_env: str = \"uat\"",
                           "\"name\": \"APP_ENV\", \"value\": \"uat\"", "name  = \"APP_ENV\"\n  value = \"uat\""}) {
    const bool is_code = std::string_view(text).find("os.") == 0 || std::string_view(text).find("app_env") == 0 ||
                         std::string_view(text).find("process") == 0 || std::string_view(text).find("std") == 0;
    const std::string path = is_code ? "a.py" : "deploy.yaml";
    const Tree one = with(configuration, {{path, text}, {"b.sh", "APP_ENV=dev; APP_ENV=prod; "}});
    EXPECT_EQ(said(one).substr(0, 6), "CFG028") << text;
  }
}

TEST(Project, TellsAnEnvironmentWhoseFileIsSpelledOtherwise) {
  const Tree tree = with(configuration, {{"a.sh", "APP_ENV=dev\nAPP_ENV=production\n"}});
  EXPECT_EQ(said(tree), "CFG028 a.sh:2:9");
  EXPECT_NE(run(tree).findings[0].message.find("config_prod.yaml"), std::string::npos);
  EXPECT_EQ(said(with(tree, {{"a.py", "names = {'production': 'prod'}\n"}})), "") << "the program knows both";
}

TEST(Project, SaysNothingOfWhatIsNoEnvironment) {
  for (const char* text : {"APP_ENV=", "APP_ENV=base", "APP_ENV=$ENV", "APP_ENV=<env>", "APP_ENV=your-env/name",
                           "MY_APP_ENVIRONMENTS=uat", "NODE_ENV=uat", "['APP_ENV', 'uat']"}) {
    EXPECT_EQ(said(with(configuration, {{"a.sh", text}, {"b.sh", "echo dev prod\n"}})), "") << text;
  }
  EXPECT_EQ(said(with(configuration, {{"tests/test_a.py", "monkeypatch.setenv('APP_ENV', 'nonsense')"},
                                      {"b.sh", "echo dev prod\n"}})), "");
  EXPECT_EQ(said({{"chart/Chart.yaml", "name: x"}, {"chart/values.yaml", "a: 1"}, {"chart/values-prod.yaml", "a: 2"},
                  {"run.sh", "APP_ENV=uat"}}), "") << "charts are chosen elsewhere";
}

TEST(Project, LearnsTheVariableFromTheProgram) {
  const Tree tree = with(configuration, {{"app.py", "env = os.getenv('STAGE_ENV')\npath = f'config/config_{env}.yaml'\n"},
                                         {"a.sh", "STAGE_ENV=dev\nSTAGE_ENV=prod\nSTAGE_ENV=uat\n"}});
  EXPECT_EQ(said(tree), "CFG028 a.sh:3:11");
  config::Options options;
  options.selectors = {"WHERE"};
  EXPECT_EQ(said(with(configuration, {{"a.sh", "WHERE=uat\nWHERE=dev\nAPP_ENV=qa2\n"}}), options),
            "CFG027 config/config_prod.yaml:1:1\nCFG028 a.sh:1:7");
}

const Tree needing = {{"config_base.yaml", "db:\n  host: localhost\n"},
                      {"config_prod.yaml", "db:\n  host: ${DB_HOST}\n"}};

TEST(Project, TellsAVariableThatNothingDeclares) {
  const Tree tree = with(needing, {{".env.example", "OTHER=\n"}, {"a.py", "os.getenv('OTHER')\n"}});
  EXPECT_EQ(said(tree), "CFG029 config_prod.yaml:2:9");
  EXPECT_EQ(said(needing), "") << "with no list there is nothing to hold it against";
  for (const auto& [path, text] : Tree{{".env.example", "OTHER=\n# DB_HOST=\n"},
                                       {"compose.yaml", "services: {a: {environment: [DB_HOST]}}\n"},
                                       {"compose.yml", "services:\n  a:\n    environment:\n      - DB_HOST\n"},
                                       {"deploy.yml", "env:\n  DB_HOST: x\n"},
                                       {"Dockerfile", "ARG DB_HOST\n"},
                                       {"run.sh", "export DB_HOST=a\n"},
                                       {"k.yaml", "- name: DB_HOST\n  valueFrom: {}\n"},
                                       {"tests/conftest.py", "os.environ['DB_HOST'] = 'x'\n"}}) {
    EXPECT_EQ(said(with(tree, {{path, text}})).find("CFG029"), std::string::npos) << path << ": " << text;
  }
  EXPECT_NE(said(with(tree, {{"b.py", "os.environ['DB_HOST']\n"}})), "") << "reading is not giving";
}

TEST(Project, WithADefaultNothingIsMissing) {
  EXPECT_EQ(said(with(needing, {{"config_prod.yaml", "db:\n  host: ${DB_HOST:-x}\n"}, {".env.example", "OTHER=\n"},
                                {"a.py", "OTHER"}})), "");
  EXPECT_EQ(said(with(needing, {{"config_prod.yaml", "db:\n  host: ${HOME}\n"}, {".env.example", "OTHER=\n"},
                                {"a.py", "OTHER"}})), "");
}

TEST(Project, TellsALaunchWithoutAVariable) {
  const auto compose = [](const std::string& more) {
    return with(needing, {{".env.example", "DB_HOST=\n"},
                          {"compose.yaml", "services:\n  api:\n    image: x\n    environment:\n      APP_ENV: prod\n" + more}});
  };
  EXPECT_EQ(said(compose("")), "CFG030 compose.yaml:5:7");
  EXPECT_EQ(said(compose("      DB_HOST: ${DB_HOST}\n")), "");
  EXPECT_EQ(said(compose("    env_file: .env\n")), "");
  EXPECT_EQ(said(with(compose(""), {{"Dockerfile", "ENV DB_HOST=x\n"}})), "") << "the image has it";
}

TEST(Project, TellsATemplatesKeyThatNothingUses) {
  const Tree tree = with(configuration, {{".env.example", "A_KEY=\nB_KEY=\nOLD_KEY=\n# OPTIONAL=\nAWS_REGION=\n"},
                                         {"a.py", "os.environ['A_KEY'] + os.environ['B_KEY']\n"}});
  EXPECT_EQ(said(tree), "ENV009 .env.example:3:1");
  EXPECT_EQ(said(with(tree, {{"b.py", "x = 'OLD_KEY'\n"}})), "");
  EXPECT_EQ(said(with(tree, {{"b.py", "class S(BaseSettings):\n    old_key: str\n"}})), "");
  EXPECT_EQ(said(with(tree, {{"a.py", "os.environ['A_KEY']\n"}})), "") << "their reader is elsewhere";
}

TEST(Project, NoFindingShowsAValue) {
  const std::string secret = std::string("q7Xw") + "3Zt9" + "Lp2Vb8Rk";
  const Tree tree = with(needing, {{".env.example", "DB_PASSWORD=" + secret + "\nX_KEY=\n"},
                                   {"a.py", "X_KEY X_KEY"}});
  for (const Finding& finding : run(tree).findings) {
    EXPECT_EQ(finding.excerpt.before.find(secret), std::string::npos);
  }
}

}  // namespace
}  // namespace sluice::project
