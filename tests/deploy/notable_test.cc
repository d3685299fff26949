#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <random>
#include <string>

#include "config/layout.h"
#include "deploy/file.h"
#include "policy/env_files.h"
#include "policy/image_build.h"
#include "policy/notable_name.h"
#include "policy/path.h"

namespace sluice::deploy {
namespace {

constexpr std::array parts = {"docker",  "file",   "Dockerfile", "compose", "config", "values", "prod",    "env",    "k8s",
                              "iam",     "policy", "base",       "app",     "v",      "x",      "airflow", "credentials", "settings"};
constexpr std::array endings = {"c",    "h",  "go", "js", "ts",   "rs",   "yaml", "yml", "json",   "toml",   "ini", "cfg",  "py",
                                "tf",   "md", "kt", "cs", "html", "conf", "env",  "s",   "ipynb",  "tfvars", "r",   "jsonc", "properties",
                                "rst",  "po", "o",  "m",  "sql",  "css",  "dockerfile", "dockerignore", "local", "example"};

// A path of some of these parts, as trees have them.
std::string random_path(std::mt19937& dice) {
  const auto below = [&](std::size_t count) { return dice() % count; };
  std::string path;
  for (std::size_t folders = below(3); folders > 0; --folders) path += std::string(parts[below(parts.size())]) + "/";
  if (below(4) == 0) path += ".";
  for (std::size_t words = 1 + below(3); words > 0; --words) {
    path += parts[below(parts.size())];
    if (words > 1) path += "._-"[below(3)];
  }
  for (std::size_t count = below(3); count > 0; --count) path += "." + std::string(endings[below(endings.size())]);
  return path;
}

// What a check asks for by its name must be among the notable, which is all that it is shown.
TEST(NotableFiles, HoldWhateverACheckAsksFor) {
  const config::Options options;
  const policy::EnvOptions env;
  const policy::EnvNames names(env);
  std::mt19937 dice(7);
  std::size_t asked_for = 0;
  std::size_t passed_over = 0;
  for (int i = 0; i < 200'000; ++i) {
    const std::string path = random_path(dice);
    const bool is_asked_for = kind_of(path) != FileKind::none || config::may_be_config_file(path, options) ||
                              names.classify(path) != policy::EnvKind::none || policy::is_dockerfile(policy::base_name(path)) ||
                              policy::is_compose_file(policy::base_name(path));
    EXPECT_TRUE(!is_asked_for || policy::is_notable(path)) << path;
    asked_for += is_asked_for;
    passed_over += !policy::is_notable(path);
  }
  EXPECT_GT(asked_for, 10'000u);
  EXPECT_GT(passed_over, 10'000u);
}

}  // namespace
}  // namespace sluice::deploy
