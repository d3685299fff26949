#include <gtest/gtest.h>

#include "deploy/found_in_tree.h"
#include "deploy/iam.h"

namespace sluice::deploy {
namespace {

// A policy document of that name that lets one read `resources`.
std::string policy(const std::string& name, const std::string& resources) {
  return "data \"aws_iam_policy_document\" \"" + name +
         "\" {\n  statement {\n    actions = [\"secretsmanager:GetSecretValue\"]\n    resources = [" +
         resources + "]\n  }\n}\n";
}

// Pieces, since a whole one looks like what other checks look for.
std::string arn(const std::string& name) {
  return "\"arn:aws:secretsmanager:eu-west-1:1:sec" + ("ret:" + name) + "\"";
}

TEST(Iam, LetsAnEnvironmentReadWhatItRefersTo) {
  const Files files = {{"config/config_base.yaml", "a: null\nb: null\n"},
                       {"config/config_prod.yaml",
                        "a: aws-sm://shop/prod/db#password\nb: aws-sm://shop/prod/cache\n"}};
  const auto told = [&](const std::string& path, const std::string& text) {
    Files all = files;
    all.emplace_back(path, text);
    return places("SEC025", all);
  };
  const Places second = {"config/config_prod.yaml:2"};
  EXPECT_EQ(told("infra/a.tf", policy("app", arn("shop/prod/db-*"))), second);
  EXPECT_EQ(told("infra/a.tf", policy("app", arn("shop/prod/db-AbCdEf"))), second);
  EXPECT_EQ(told("infra/a.tf", policy("app", arn("shop/${var.env}/db-??????"))), second);
  EXPECT_EQ(told("infra/a.tf", policy("app", arn("shop/${var.env}/*"))), Places{});
  EXPECT_EQ(told("infra/a.tf", policy("app", "\"*\"")), Places{}) << "SEC019's business";
  EXPECT_EQ(told("infra/a.tf", policy("app", arn("other/*"))), Places{}) << "another program's";
  EXPECT_EQ(told("infra/a.tf", policy("prod_app", arn("other/*"))),
            (Places{"config/config_prod.yaml:1", "config/config_prod.yaml:2"}));
  EXPECT_EQ(told("infra/prod/a.tf", policy("app", arn("shop/prod/db") + ", " + arn("shop/prod/cache-*"))),
            (Places{"config/config_prod.yaml:1"}))
      << "an ARN without its end matches nothing";
  EXPECT_EQ(told("infra/staging/a.tf", policy("app", arn("shop/prod/db-*"))), Places{})
      << "what staging may says nothing of prod";
  EXPECT_EQ(told("infra/a.tf", policy("app", arn("shop/prod/db-*") + ", var.more")), Places{});
  EXPECT_EQ(told("iam/a.json", "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": "
                               "\"secretsmanager:GetSecretValue\", \"Resource\": " +
                                   arn("shop/prod/db-*") + "}]}"),
            second);
}

TEST(Iam, FollowsResourcesToTheSecretsThatTerraformDeclares) {
  const Files files = {
      {"config/config_base.yaml", "a: null\nb: null\n"},
      {"config/config_prod.yaml", "a: aws-sm://shop/prod/db\nb: aws-sm://shop/hook\n"},
      {"infra/a.tf", declared}};
  const auto told = [&](const std::string& text) {
    Files all = files;
    all.emplace_back("infra/b.tf", text);
    return places("SEC025", all);
  };
  EXPECT_EQ(told(policy("app", "aws_secretsmanager_secret.db.arn")),
            (Places{"config/config_prod.yaml:2"}));
  EXPECT_EQ(told(policy("app", "\"${aws_secretsmanager_secret.db.arn}\"")),
            (Places{"config/config_prod.yaml:2"}));
  EXPECT_EQ(told(policy("app", "\n aws_secretsmanager_secret.db.arn,\n "
                               "aws_secretsmanager_secret.hook.arn,\n")),
            Places{});
  EXPECT_EQ(told(policy("app", "aws_secretsmanager_secret.unknown[\"x\"].arn")), Places{});
}

TEST(Iam, LetsNoEnvironmentReadAnothersSecrets) {
  EXPECT_EQ(places("SEC021", {{"infra/a.tf", policy("staging_app", arn("shop/prod/db-*"))}}),
            (Places{"infra/a.tf:3"}));
  EXPECT_EQ(places("SEC021", {{"infra/staging/a.tf",
                               policy("app", "aws_secretsmanager_secret.prod_db.arn")}}),
            (Places{"infra/staging/a.tf:3"}));
  EXPECT_EQ(places("SEC021", {{"infra/staging/a.tf", policy("app", arn("shop/staging/*"))},
                              {"infra/b.tf", policy("app", arn("shop/prod/*"))}}),
            Places{});
}

TEST(Iam, TellsExpressionsFromWhatFollows) {
  const auto statements = read_iam_statements(
      "statement {\n  actions = [\"a:B\"]\n  resources = [aws_x.y[\"k\"].arn, var.z] // not this\n  "
      "effect = \"Allow\"\n  condition {\n    test = \"x\"\n  }\n}\n");
  ASSERT_EQ(statements.size(), 1u);
  EXPECT_EQ(statements[0].expressions, (std::vector<std::string>{"aws_x.y[\"k\"].arn", "var.z"}));
  EXPECT_TRUE(statements[0].resources.empty());
}

TEST(Iam, ReadsStatementsInEveryNotation) {
  const auto statements = read_iam_statements(
      "policy = jsonencode({ Statement = [{ Action = [\"a:B\", \"c:D\"], Resource = \"*\", "
      "Condition = { x = { \"y\" = \"z\" } } }] })\npolicy = <<EOF\n{\"Statement\": {\"Effect\": "
      "\"Deny\", \"Action\": \"e:F\", \"Resource\": [\"r\"]}}\nEOF\n");
  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(statements[0].actions, (std::vector<std::string>{"a:B", "c:D"}));
  EXPECT_EQ(statements[0].resources, (std::vector<std::string>{"*"}));
  EXPECT_TRUE(statements[1].is_denial);
  EXPECT_EQ(statements[1].line, 3u);
}

}  // namespace
}  // namespace sluice::deploy
