#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "deploy/check.h"
#include "deploy/checks.h"
#include "deploy/dockerfile.h"
#include "deploy/hcl.h"
#include "deploy/workflow.h"
#include "support/git_repository.h"

namespace sluice::deploy {
namespace {

class KeepingSink : public FindingSink {
 public:
  void add(Finding finding) override { findings.push_back(std::move(finding)); }
  void add(Problem problem) override { problems.push_back(std::move(problem)); }
  std::vector<Finding> findings;
  std::vector<Problem> problems;
};

// A value that looks like a secret, made when the test runs.
const std::string real = std::string("q7Xw") + "3Zt9" + "Lp2Vb8Rk";

struct Case {
  std::string id;
  std::string path;
  std::string bad;
  std::vector<std::size_t> lines;  // where it is found
  std::string good;
};

std::string step(const std::string& text) { return "on: push\njobs:\n  a:\n    steps:\n" + text; }

std::vector<Case> cases() {
  const std::string workflow = ".github/workflows/a.yml";
  return {
      {"SEC001",
       workflow,
       step("      - run: |\n          one\n          x ${{ secrets.T }} ${{ secrets['U'] }}\n     "
            " - run: y ${{ secrets.V }}\n"),
       {7, 7, 8},
       step("      - run: x \"$T\" ${{ secrets.GITHUB_TOKEN }} ${{ env.secrets.X }}\n        env: "
            "{T: \"${{ secrets.T }}\"}\n")},
      {"SEC002",
       workflow,
       step("      - run: |\n          echo K=${{ secrets.K }} >> .env\n          echo K=$K >> "
            "\"$GITHUB_ENV\"\n          docker build --build-arg K=${K} .\n        env: {K: \"${{ "
            "secrets.K }}\"}\n"),
       {6, 7, 8},
       step("      - run: |\n          deploy --key \"$K\" 2>&1\n          test -n \"$K\" > "
            "/dev/null\n          echo $KIND > file\n        env: {K: \"${{ secrets.K }}\"}\n")},
      {"SEC003",
       workflow,
       step("      - env: {DB_PASSWORD: " + real + "}\n        with:\n          api_token: \"" +
            real + "\"\n"),
       {5, 7},
       step("      - env: {DB_PASSWORD: \"${{ secrets.P }}\", TOKEN_TTL: 12345678x, PASSWORD: "
            "changeme}\n")},
      {"SEC004",
       workflow,
       step("      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          "
            "aws-access-key-id: ${{ secrets.K }}\n"),
       {7},
       step("      - uses: aws-actions/configure-aws-credentials@v4\n        with: "
            "{role-to-assume: x}\n")},
      {"SEC005",
       workflow,
       "jobs:\n  a:\n    uses: x\n    secrets: inherit\n  b:\n    env: {ALL: \"${{ toJSON( secrets "
       ") }}\"}\n",
       {4, 6},
       "jobs:\n  a:\n    uses: x\n    secrets: {A: \"${{ secrets.A }}\"}\n"},
      {"SEC006",
       workflow,
       "on:\n  pull_request_target:\n    branches: [main]\njobs:\n  a: {env: {A: \"${{ secrets.A "
       "}}\"}}\n",
       {2},
       "on: [pull_request_target]\njobs:\n  a: {env: {A: \"${{ secrets.GITHUB_TOKEN }}\"}}\n"},
      {"SEC007",
       workflow,
       "jobs:\n  deploy-prod:\n    env: {A: \"${{ secrets.A }}\"}\n  b:\n    env: {APP_ENV: "
       "production, A: \"${{ secrets.A }}\"}\n",
       {2, 4},
       "jobs:\n  deploy-prod:\n    environment: production\n    env: {A: \"${{ secrets.A }}\"}\n  "
       "product:\n    env: {A: \"${{ secrets.A }}\"}\n"},
      {"SEC008",
       "app/Dockerfile",
       "FROM x\nENV A=b \\\n  # c\n  DB_PASSWORD=" + real + "\nARG API_TOKEN=\"" + real +
           "\"\nCOPY --chown=x .env a /app/\n",
       {4, 5, 6},
       "FROM x\nARG API_TOKEN\nENV DB_PASSWORD=$API_TOKEN\nCOPY .env.example /x\nCOPY --from=b "
       ".env /x\nRUN <<EOF\nENV DB_PASSWORD=" +
           real + "\nEOF\n"},
      {"SEC009",
       "docker-compose.yml",
       "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: " + real +
           "\n  web:\n    environment:\n      - URL=postgres://u:" + real + "@db/x\n      - A=b\n",
       {4, 7},
       "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n      "
       "PASSWORD_FILE: /run/secrets/x\n"},
      {"SEC010",
       "k8s/a.yaml",
       "apiVersion: v1\nkind: Secret\nstringData:\n  any: " + real + "\n",
       {4},
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - env:\n        - name: DB_PASSWORD\n "
       "         valueFrom: {secretKeyRef: {name: a, key: b}}\n"},
      {"SEC010",
       "deploy/b.yml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - env:\n        - name: DB_PASSWORD\n "
       "         value: " +
           real + "\n",
       {7},
       "kind: Secret\nother: " + real + "\n"},
      {"SEC011",
       "infra/a.tf",
       "variable \"db_password\" {\n  default = \"" + real +
           "\" # c\n}\nresource \"aws_x\" \"y\" {\n  secret_string = \"" + real + "\"\n}\n",
       {2, 5},
       "# secret_key = \"" + real +
           "\"\nx = {\n  api_token = var.token\n  secret_string = \"${var.x}\"\n  description = "
           "\"" +
           real + "\"\n}\n"},
  };
}

std::vector<Finding> found(const std::string& id, const std::string& path,
                           const std::string& text) {
  testing::GitRepository repository;
  repository.write(path, text);
  repository.git({"add", "-A", "-f"});
  const auto handle = git::Repository::open(repository.path());
  const auto tree = policy::Tree::of_index(*handle);
  KeepingSink sink;
  check_deployment(
      *tree, [&](std::string_view one) { return one == id; }, sink);
  EXPECT_TRUE(sink.problems.empty());
  return sink.findings;
}

TEST(Checks, EachFindsTheBadAndLeavesTheGood) {
  std::set<std::string_view> missing;
  for (const Check& check : checks()) missing.insert(check.id);
  for (const Case& one : cases()) {
    missing.erase(one.id);
    std::vector<std::size_t> lines;
    for (const Finding& finding : found(one.id, one.path, one.bad)) {
      lines.push_back(finding.at.line);
      for (const std::string& text :
           {finding.message, finding.excerpt.before, finding.excerpt.after, finding.remedy})
        EXPECT_EQ(text.find(real), std::string::npos) << one.id;
      EXPECT_EQ(finding.fingerprint.size(), 32u);
    }
    EXPECT_EQ(lines, one.lines) << one.id << "\n" << one.bad;
    EXPECT_TRUE(found(one.id, one.path, one.good).empty()) << one.id << "\n" << one.good;
    EXPECT_TRUE(found(one.id, "other/place.txt", one.bad).empty()) << one.id;
  }
  EXPECT_TRUE(missing.empty()) << "no case for " << *missing.begin();
}

TEST(Checks, AnUnreadableYamlIsLeftToTheRules) {
  EXPECT_TRUE(
      found("SEC010", "helm/a.yaml", "{{- if .Values.x }}\nkind: Secret\n{{ end }}\n").empty());
}

TEST(Workflow, ReadsWhichSecretsAnExpressionUses) {
  const auto uses = secret_uses(
      "${{ secrets.A && mysecrets.B }}${{ x.secrets.C }} secrets.D ${{ secrets[\"E\"] }} ${{ open");
  ASSERT_EQ(uses.size(), 2u);
  EXPECT_EQ(uses[0].name, "A");
  EXPECT_EQ(uses[1].name, "E");
}

TEST(Dockerfile, IsReadAsDockerReadsIt) {
  const auto read = read_dockerfile(
      "# escape=`\nfrom a\nRUN x `\n\n# c\n  y\nENV A b c\nCOPY <<X /y\nENV Q=1\nX\nCMD [\"z\"]");
  ASSERT_EQ(read.size(), 5u);
  EXPECT_EQ(read[0].name, "FROM");
  EXPECT_EQ(read[1].arguments, "x y");
  EXPECT_EQ(read_assignments(read[2].arguments, true)[0].value, "b c");
  EXPECT_EQ(read[4].line, 11u);
  const auto assignments = read_assignments("A=\"b c\" D='e' F=g\\ h", false);
  ASSERT_EQ(assignments.size(), 3u);
  EXPECT_EQ(assignments[0].value, "b c");
}

TEST(Hcl, TellsBlocksAndSkipsWhatIsNoAttribute) {
  const auto read = read_hcl(
      "a = \"1\"\nb \"x\" {\n  c = \"2\" // d\n  e = <<EOT\n  f = \"3\"\nEOT\n  /* g = \"4\"\n*/\n "
      " h = \"i\" + \"j\"\n}\nk = \"5\"\n");
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read[1].block, "b \"x\"");
  EXPECT_EQ(read[1].value, "2");
  EXPECT_EQ(read[2].block, "");
  EXPECT_EQ(read[2].line, 11u);
}

}  // namespace
}  // namespace sluice::deploy
