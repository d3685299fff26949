#include "deploy/file.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sluice::deploy {
namespace {

TEST(FileKind, IsToldByNameAndFolder) {
  const std::vector<std::pair<const char*, FileKind>> cases = {
      {".github/workflows/a.yml", FileKind::workflow},
      {".github/workflows/a.yaml", FileKind::workflow},
      {"a/docker-compose.prod.yml", FileKind::compose},
      {"compose.yaml", FileKind::compose},
      {"chart/values-prod.yaml", FileKind::helm_values},
      {"K8s/a.yaml", FileKind::kubernetes},
      {"x/deploy/y/a.yml", FileKind::kubernetes},
      {"config.yaml", FileKind::none},
      {"src/train.py", FileKind::python},
      {"tests/train.py", FileKind::none},
      {"src/test_train.py", FileKind::none},
      {"a.ipynb", FileKind::notebook},
      {"main.tf", FileKind::terraform},
      {"prod.tfvars", FileKind::terraform},
      {"prod.tfvars.json", FileKind::terraform},
      {"terraform.tfstate", FileKind::terraform_state},
      {"terraform.tfstate.backup", FileKind::terraform_state},
      {"airflow.cfg", FileKind::airflow_settings},
      {"setup.cfg", FileKind::none},
      {".dvc/config", FileKind::data_tool_settings},
      {"a/.dvc/config.local", FileKind::data_tool_settings},
      {"config.local", FileKind::none},
      {".mlflow/credentials", FileKind::data_tool_settings},
      {"basic_auth.ini", FileKind::data_tool_settings},
      {"Role-Policy.json", FileKind::iam_policy},
      {"IAM/role.json", FileKind::iam_policy},
      {"package.json", FileKind::none},
      {"README.md", FileKind::prose},
      {"docs/a.rst", FileKind::prose},
      {".env.example", FileKind::prose},
      {"Dockerfile", FileKind::dockerfile},
      {"a/DOCKERFILE", FileKind::dockerfile},
      {"Containerfile", FileKind::dockerfile},
      {"Dockerfile.gpu", FileKind::dockerfile},
      {"dockerfile.c", FileKind::dockerfile},
      {"a/train.Dockerfile", FileKind::dockerfile},
      {"Containerfile.gpu", FileKind::none},
      {"my-dockerfile.c", FileKind::none},
      {"Dockerfile/main.c", FileKind::none},
      {"src/main.c", FileKind::none},
      {"d.c", FileKind::none},
      {"d", FileKind::none},
      {"", FileKind::none},
      {"a/", FileKind::none},
  };
  for (const auto& [path, kind] : cases) EXPECT_EQ(kind_of(path), kind) << path;
}

}  // namespace
}  // namespace sluice::deploy
