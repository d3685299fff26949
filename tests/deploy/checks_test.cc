#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "deploy/check.h"
#include "deploy/checks.h"
#include "deploy/found_in_tree.h"
#include "deploy/hcl.h"
#include "deploy/python.h"
#include "deploy/workflow.h"

namespace sluice::deploy {
namespace {

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
      {"SEC001",
       workflow,
       step("      - {run: \"x ${{ secrets.T }}\", env: {A: \"${{ secrets.A }}\"}}\n"),
       {5},
       step("      - {run: x, env: {T: \"${{ secrets.T }}\"}}\n")},
      {"SEC002",
       workflow,
       step("      - run: echo \"${{ secrets.K }}\"\n      - run: \"printf '%s' $K\"\n        env: {K: "
            "\"${{ secrets.K }}\"}\n      - run: |\n          cat > .env <<'END'\n          A=b\n         "
            " K=${{ secrets.K }}\n          END\n          tee x <<END\n          ${{ secrets.K }}\n     "
            "     END\n    outputs:\n      key: ${{ secrets.K }}\n"),
       {5, 6, 11, 14, 17},
       step("      - run: echo \"::add-mask::${{ secrets.K }}\"\n      - run: |\n          sign <<END\n        "
            "  ${{ secrets.K }}\n          END\n          printf '%s' \"$K\" | login\n        env: {K: \"${{ "
            "secrets.K }}\"}\n")},
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
      {"SEC004",
       workflow,
       "env: {AWS_ACCESS_KEY_ID: \"${{ secrets.K }}\"}\njobs:\n  a:\n    steps:\n      - run: x\n        "
       "env:\n          AWS_ACCESS_KEY_ID: ${{ secrets.K }}\n",
       {1, 7},
       "env: {AWS_ACCESS_KEY_ID: \"${{ secrets.K }}\", AWS_ENDPOINT_URL: x}\njobs:\n  a:\n    env: "
       "{AWS_ACCESS_KEY_ID: \"${{ steps.a.outputs.k }}\"}\n"},
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
           "\"\nCOPY --chown=x .env a /app/\nADD [\".env.prod\", \"a\", \"/app/\"]\n",
       {4, 5, 6, 7},
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
      {"SEC011",
       "infra/b.tf",
       "variable \"db_password\" { default = \"" + real +
           "\" } # {c}\nresource \"x\" \"y\" {\n  secret_string = jsonencode({ user = \"a\", password = \"" + real +
           "\" })\n  tags = { a = \"b\" }\n  secret_key = \"" + real + "\"\n}\n",
       {1, 3, 5},
       "variable \"db_password\" { sensitive = true }\nx = { password = \"${var.a[\"b\"]}\", c = "
       "jsonencode({}) }\n"},
      {"SEC012",
       "src/a.py",
       "import os\nA = os.getenv('DB_PASSWORD', r\"" + real +
           "\")\nB = int(os.environ.get(\n    \"API_TOKEN\",  # c\n    default='" + real + "'))\n",
       {2, 5},
       "A = os.getenv('DB_PASSWORD')\nB = os.getenv('DB_PASSWORD', '')\nC = os.getenv('LOG_LEVEL', "
       "'INFO')\nD = os.getenv('A_TOKEN', f'{x}')\n'''os.getenv('B_TOKEN', 'x')'''\n"},
      {"SEC013",
       "src/a.py",
       "from dotenv import load_dotenv\nload_dotenv()\n# load_dotenv()\n",
       {2},
       "if os.environ.get('APP_ENV') == 'dev':\n    load_dotenv()\n"},
      {"SEC014",
       "airflow/airflow.cfg",
       "[core]\nfernet_key = " + real + "\n[database]\nsql_alchemy_conn = postgresql://air:" + real +
           "@db/airflow\n",
       {2, 4},
       "[core]\nfernet_key =\nparallelism = 32\n[webserver]\nsecret_key = {SECRET_KEY}\n"},
      {"SEC014",
       "dags/a.py",
       "c = Connection(conn_id='x', login=\"a\", password='" + real +
           "')\nVariable.set('slack_token', \"" + real + "\")\n",
       {1, 2},
       "c = Connection(conn_id='x', password=p)\nVariable.set('day', '" + real + "')\n"},
      {"SEC015",
       "airflow.cfg",
       "[core]\nparallelism = 32\n[secrets]\nbackend =\n",
       {4},
       "[secrets]\nbackend = some.module.Backend\n"},
      {"SEC016",
       ".dvc/config",
       "['remote \"s\"']\n    url = s3://b/x\n    secret_access_key = " + real + "\n",
       {3},
       "['remote \"s\"']\n    url = s3://b/x\n    profile = dvc\n"},
      {"SEC017",
       "chart/values-prod.yaml",
       "postgresql:\n  auth:\n    password: " + real + "\n  extraEnv:\n    - name: API_TOKEN\n      "
       "value: " +
           real + "\n",
       {3, 6},
       "postgresql:\n  auth:\n    existingSecret: db\n    secretKeys: {userPasswordKey: "
       "password}\n"},
      {"SEC018", "infra/terraform.tfstate", "{\"version\": 4}\n", {1}, ""},
      {"SEC026", "infra/prod.tfvars", "region = \"eu-west-1\"\n", {1}, ""},
      {"SEC026", "infra/prod.tfvars.json", "{}\n", {1}, ""},
      {"SEC027",
       "a.ipynb",
       "{\"cells\": [\n {\"cell_type\": \"code\", \"source\": [\n  \"import os\\n\",\n  "
       "\"os.environ[\\\"API_KEY\\\"] = \\\"" +
           real + "\\\"\\n\",\n  \"%env DB_PASSWORD=" + real + "\\n\",\n  \"client.api_key = '" + real +
           "'\"],\n  \"outputs\": [{\"output_type\": \"stream\", \"text\": [\n   "
           "\"PATH=/bin\\n\",\n   \"HOME=/root\\n\"]},\n   {\"data\": {\"text/plain\": "
           "[\n\"environ({'A': 'b'})\"]}}]}]}\n",
       {4, 5, 6, 8, 11},
       "{\"cells\": [\n {\"cell_type\": \"code\", \"source\": [\n  \"key = "
       "os.environ[\\\"API_KEY\\\"]\\n\",\n  \"%env DB_PASSWORD=changeme\\n\",\n  \"api_key == '" +
           real + "'\"],\n  \"outputs\": [{\"text\": [\"PATH=/bin\\n\"]}]},\n {\"cell_type\": "
           "\"markdown\", \"source\": \"%env DB_PASSWORD=" +
           real + "\"}]}\n"},
      {"SEC019",
       "infra/iam.tf",
       "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions = "
       "[\"secretsmanager:*\"]\n    resources = [aws_secretsmanager_secret.x.arn]\n  }\n  "
       "statement {\n    actions   = [\n      \"s3:GetObject\",\n      "
       "\"secretsmanager:GetSecretValue\"]\n    resources = [\"*\"]\n  }\n}\n",
       {3, 8},
       "statement {\n  effect = \"Deny\"\n  actions = [\"secretsmanager:*\"]\n}\nstatement {\n  "
       "actions = [\"secretsmanager:BatchGetSecretValue\"]\n  resources = [\"*\"]\n}\nstatement "
       "{\n  actions = [\"secretsmanager:GetSecretValue\"]\n  resources = [\"arn:aws:"
       "secretsmanager:eu-west-1:1:sec" "ret:shop/prod/*\"]\n}\n"},
      {"SEC019",
       "infra/admin.tf",
       "statement {\n  actions   = [\"*\"]\n  resources = [\"*\"]\n}\n",
       {2},
       "statement {\n  actions   = [\"*\"]\n  resources = [aws_s3_bucket.a.arn]\n}\n"},
      {"SEC019",
       "iam/reader.json",
       "{\"Statement\": [{\"Effect\": \"Allow\",\n \"Action\": "
       "\"secretsmanager:GetSecretValue\",\n \"Resource\": \"*\"}]}\n",
       {2},
       "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": "
       "\"*\"}, {\"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", "
       "\"Resource\": \"arn:aws:secretsmanager:eu-west-1:1:secret:a-AbCdEf\"}]}\n"},
  };
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
    std::sort(lines.begin(), lines.end());
    EXPECT_EQ(lines, one.lines) << one.id << "\n" << one.bad;
    Files harmless = {{"other/place.txt", one.bad}};
    if (!one.good.empty()) harmless.emplace_back(one.path, one.good);
    EXPECT_TRUE(found(one.id, harmless).empty()) << one.id << "\n" << one.good;
  }
  for (const auto* const id : {"SEC020", "SEC021", "SEC022", "SEC023", "SEC024", "SEC025",
                           "SEC028"})
    missing.erase(id);
  EXPECT_TRUE(missing.empty()) << "no case for " << *missing.begin();
}

TEST(Configuration, HoldsNoLiteralBesideReferences) {
  const Files files = {
      {"config/config_base.yaml", "db: {user: env://U, password: null}\n"},
      {"config/config_dev.yaml", "db:\n  password: " + real + "\n"},
      {"config/config_prod.yaml", "db:\n  password: aws-sm://shop/prod/db\n"}};
  EXPECT_EQ(places("SEC020", files), (Places{"config/config_dev.yaml:2"}));
  const Files without = {{"config/config_base.yaml", "db: {password: null}\n"}, files[1]};
  EXPECT_EQ(places("SEC020", without), Places{}) << "that is for the rules to find";
}

TEST(Configuration, ReadsItsOwnSecretsOnly) {
  EXPECT_EQ(places("SEC021",
                   {{"config/config_base.yaml", "a: null\nb: null\nc: null\n"},
                    {"config/config_prod.yaml",
                     "a: aws-sm://shop/staging/db\nb: aws-sm://shop-production-db\nc: "
                     "aws-sm://latest-news\n"}}),
            (Places{"config/config_prod.yaml:1"}));
}

TEST(Terraform, RotatesItsSecrets) {
  const std::string rotation =
      "resource \"aws_secretsmanager_secret_rotation\" \"db\" {\n  secret_id = "
      "aws_secretsmanager_secret.db.id\n}\n";
  EXPECT_EQ(places("SEC022", {{"infra/a.tf", declared}}), (Places{"infra/a.tf:1", "infra/a.tf:5"}));
  EXPECT_EQ(places("SEC022", {{"infra/a.tf", declared}, {"infra/b.tf", rotation}}),
            (Places{"infra/a.tf:5"}));
  EXPECT_EQ(places("SEC022", {{"infra/a.tf", declared}, {"other/b.tf", rotation}}),
            (Places{"infra/a.tf:1", "infra/a.tf:5"}));
}

TEST(Terraform, IsReadOnOneLineAsOnMany) {
  const std::string one = "resource \"aws_secretsmanager_secret\" \"db\" { name = \"shop/prod/db\" }\n";
  EXPECT_EQ(places("SEC022", {{"infra/a.tf", one}}), (Places{"infra/a.tf:1"}));
  EXPECT_EQ(places("SEC022", {{"infra/a.tf",
                              one + "resource \"aws_secretsmanager_secret_rotation\" \"db\" { secret_id = "
                                    "aws_secretsmanager_secret.db.id }\n"}}),
            Places{});
  EXPECT_EQ(places("SEC023", {{"config/config_base.yaml", "a: null\n"},
                              {"config/config_prod.yaml", "a: aws-sm://shop/prod/cache\n"},
                              {"infra/a.tf", one}}),
            (Places{"config/config_prod.yaml:1", "infra/a.tf:1"}));
}

TEST(Terraform, DeclaresWhatConfigurationRefersTo) {
  const std::string base = "a: null\nb: null\n";
  const Files files = {{"config/config_base.yaml", base},
                       {"config/config_prod.yaml",
                        "a: aws-sm://shop/prod/db#password\nb: aws-sm://shop/prod/cache\n"},
                       {"infra/a.tf", declared}};
  EXPECT_EQ(places("SEC023", files), (Places{"config/config_prod.yaml:2", "infra/a.tf:5"}));
  Files computed = files;
  computed[2].second += "resource \"aws_secretsmanager_secret\" \"x\" {\n  name = var.name\n}\n";
  EXPECT_EQ(places("SEC023", computed), Places{}) << "a name may be any";
  const Files elsewhere = {files[0], files[1], {"infra/b.tf", "resource \"aws_x\" \"y\" {\n}\n"}};
  EXPECT_EQ(places("SEC023", elsewhere), Places{}) << "secrets are made elsewhere";
}

TEST(Dockerfile, CopiesWhatIsWrittenIntoPagesAnyway) {
  const std::string copy = "FROM x\nCOPY .env.production ./\n";
  EXPECT_EQ(places("SEC008", {{"Dockerfile", copy}}), (Places{"Dockerfile:2"}));
  EXPECT_EQ(places("SEC008", {{"Dockerfile", copy}, {".env.production", "VITE_A=b\n"}}), Places{});
  EXPECT_EQ(places("SEC008", {{"web/Dockerfile", copy}, {"web/.env.production", "VITE_A=b\n"}}), Places{});
  EXPECT_EQ(places("SEC008", {{"Dockerfile", copy}, {".env.production", "VITE_A=b\nDB_PASSWORD=" + real + "\n"}}), (Places{"Dockerfile:2"}));
}
TEST(Compose, ReadsEnvFilesThatGitDoesNotTrack) {
  const std::string compose =
      "services:\n  a:\n    env_file: ../a.env\n  b:\n    env_file: [b.env, ./c.env]\n  c:\n    env_file:\n "
      "     - {path: d.env, required: false}\n";
  EXPECT_EQ(places("SEC028", {{"x/compose.yaml", compose}}), Places{});
  const Files files = {{"x/compose.yaml", compose}, {"a.env", "A=b\n"}, {"x/c.env", "DB_PASSWORD=" + real + "\n"},
                       {"x/d.env", "A=b\n"}};
  EXPECT_EQ(places("SEC028", files),
            (Places{"x/compose.yaml:3", "x/compose.yaml:5", "x/compose.yaml:8"}));
  const auto findings = found("SEC028", files);
  EXPECT_EQ(findings[0].severity, Severity::low);
  EXPECT_EQ(findings[1].severity, Severity::medium);
  EXPECT_NE(findings[1].message.find("DB_PASSWORD"), std::string::npos);
}

TEST(DeployInput, ReadsCodeThatChangesAndDocumentsOfChangedWorkflows) {
  testing::GitRepository repository;
  repository.write("a.py", "import os\nA = os.getenv('DB_PASSWORD', 'x')\n");
  repository.write("b.py", "import os\nA = os.getenv('DB_PASSWORD', 'x')\n");
  repository.write("README.md", "nothing\n");
  repository.write(".github/workflows/a.yml", step("      - env: {A: \"${{ secrets.KEY }}\"}\n"));
  repository.git({"add", "-A"});
  const auto handle = git::Repository::open(repository.path());
  const auto tree = policy::Tree::of_index(*handle);
  const auto told = [&](const std::set<std::string, std::less<>>& changed) {
    KeptFindings sink;
    check_deployment({*tree, {}, {}, &changed},
                     [](std::string_view id) { return id == "SEC012" || id == "SEC024"; }, sink);
    Places list;
    for (const Finding& finding : sink.findings) list.push_back(finding.at.path);
    return list;
  };
  EXPECT_EQ(told({}), Places{});
  EXPECT_EQ(told({"a.py"}), (Places{"a.py"}));
  EXPECT_EQ(told({".github/workflows/a.yml"}), (Places{".github/workflows/a.yml"}));
}

TEST(Workflow, UsesSecretsThatSomebodyExplains) {
  const std::string workflow = step("      - env: {A: \"${{ secrets.DEPLOY_KEY }}\"}\n");
  const Files files = {{".github/workflows/a.yml", workflow}, {"README.md", "nothing\n"}};
  EXPECT_EQ(places("SEC024", files), (Places{".github/workflows/a.yml:5"}));
  EXPECT_EQ(places("SEC024", {files[0], {"docs/a.md", "Set `DEPLOY_KEY`.\n"}}), Places{});
}

TEST(Python, ReadsCallsHoweverTheyAreWritten) {
  constexpr std::array<std::string_view, 1> names = {"get"};
  const auto read = [&](std::string_view text) { return read_python_calls(text, names); };
  const auto calls = read("x.get('a', 'b' 'c')\ntarget('d')\n\"\"\"get('e')\"\"\"\nget(get('f'), *g, h == 'i')");
  ASSERT_EQ(calls.size(), 3u);
  EXPECT_EQ(calls[0].name, "x.get");
  EXPECT_EQ(calls[0].literal("", 0)->text, "a");
  EXPECT_EQ(calls[0].literal("", 1), nullptr) << "two strings side by side are no plain literal";
  EXPECT_EQ(calls[1].arguments.size(), 3u);
  EXPECT_EQ(calls[1].literal("h", 2), nullptr);
  EXPECT_EQ(calls[2].literal("", 0)->text, "f");
  EXPECT_EQ(calls[2].at.line, 4u);
  EXPECT_EQ(read("get('open\nget('x')")[1].literal("", 0)->text, "x");
  EXPECT_TRUE(read("\"\"\"get('x')").empty());
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
