#include "config/layout.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "config/collect.h"

namespace sluice::config {
namespace {

// `base | env=path env=path`, one group a line.
std::string groups_of(const std::vector<std::string>& paths, const Options& options = {}) {
  std::string text;
  for (const Group& group : find_groups(paths, options)) {
    std::string line;
    for (const std::string& base : group.bases) line += base + " ";
    line += "|";
    for (const EnvironmentFile& file : group.environments) {
      line += fmt::format(" {}={}", file.environment, file.path);
    }
    text += line + "\n";
  }
  return text;
}

TEST(Layout, FindsTheUsualOnes) {
  EXPECT_EQ(groups_of({"a/config_base.yaml", "a/config_prod.yaml", "a/config_big_model.yaml"}),
            "a/config_base.yaml | big_model=a/config_big_model.yaml prod=a/config_prod.yaml\n");
  EXPECT_EQ(groups_of({"config.yml", "config.dev.yml", "config-prod.yml", "config_loader.yml"}),
            "config.yml | prod=config-prod.yml dev=config.dev.yml\n");
  EXPECT_EQ(groups_of({"c/base.yaml", "c/production.yaml", "c/other.yaml"}),
            "c/base.yaml | production=c/production.yaml\n");
  EXPECT_EQ(groups_of({"conf/base/parameters.yml", "conf/base/x.yml", "conf/local/parameters.yml"}),
            "conf/base/parameters.yml | local=conf/local/parameters.yml\n");
  EXPECT_EQ(groups_of({"values.yaml", "values-prod-eu.yaml", "values-example.yaml"}),
            "values.yaml | prod-eu=values-prod-eu.yaml\n");
  EXPECT_EQ(groups_of({"appsettings.json", "appsettings.Development.json"}),
            "appsettings.json | Development=appsettings.Development.json\n");
  EXPECT_EQ(groups_of({"config_base.ini", "config_prod.ini"}),
            "config_base.ini | prod=config_prod.ini\n");
  EXPECT_EQ(groups_of({"train_base.yaml", "train_prod.yaml", "train_small.yaml"}),
            "train_base.yaml | prod=train_prod.yaml\n");
}

TEST(Layout, FindsWhatTheContentHasToConfirm) {
  EXPECT_EQ(groups_of({"c/config_default.yaml", "c/config_dev.yaml", "c/config_prod.yaml"}),
            "c/config_default.yaml | dev=c/config_dev.yaml prod=c/config_prod.yaml\n");
  EXPECT_EQ(groups_of({"c/config.yml", "c/config/production.yml", "c/config/notes.yml"}),
            "c/config.yml | production=c/config/production.yml\n");
  EXPECT_EQ(groups_of({"config.toml", "environments/prod.toml"}), "config.toml | prod=environments/prod.toml\n");
  EXPECT_EQ(groups_of({"train_config.yaml", "train_config_prod.yaml"}),
            "train_config.yaml | prod=train_config_prod.yaml\n");
  EXPECT_EQ(groups_of({"tsconfig.json", "tsconfig.prod.json"}), "");
}

TEST(Layout, LeavesOthersAlone) {
  EXPECT_EQ(groups_of({"config.yaml"}), "");
  EXPECT_EQ(groups_of({"tests/config_test.py", "config_utils.yaml", "config_test.yaml"}), "");
  EXPECT_EQ(groups_of({"k8s/base/kustomization.yaml", "k8s/base/app.yaml", "k8s/prod/app.yaml"}), "");
  EXPECT_EQ(groups_of({"node_modules/x/config_base.yaml", "node_modules/x/config_prod.yaml"}), "");
  EXPECT_EQ(groups_of({"docker-compose.yml", "docker-compose.prod.yml"}), "");
  EXPECT_EQ(rules_of({{"base.yaml", "services: {a: {image: x}}"}, {"prod.yaml", "services: []"}}), "");
}

TEST(Layout, SectionsOfOneFile) {
  const std::vector<File> files = {{"settings.toml",
                                    "[default]\nlr = 1\nhost = 'a'\n[production]\nlr = 'fast'\n"
                                    "[default.db]\ntimeout = 1\n[production.db]\ntimeoutt = 2\n"}};
  const KeptFindings collected = collect(files);
  ASSERT_EQ(collected.findings.size(), 2u);
  EXPECT_EQ(collected.findings[0].rule, "CFG002");
  EXPECT_EQ(collected.findings[0].at.line, 5u);
  EXPECT_EQ(collected.findings[0].related[0].line, 2u);
  EXPECT_EQ(collected.findings[1].rule, "CFG003");
  EXPECT_EQ(rules_of({{"settings.toml", "[tool]\nlr = 1\n"}}), "");
}

TEST(Layout, FormatsMeetInOneMerge) {
  EXPECT_EQ(rules_of({{"config_base.toml", "lr = 1e-5\n"}, {"config_prod.toml", "lr = '1e-5'\n"}}),
            "CFG002");
  EXPECT_EQ(rules_of({{"appsettings.json", "// c\n{\"a\": {\"b\": 1}}"},
                      {"appsettings.Production.json", "{\"a\": 1,}"}}),
            "CFG001");
}

TEST(Layout, TheYamlVersionIsChosen) {
  Options options;
  const auto files = pair("lr: 0.1\n", "lr: 1e-5\n");
  EXPECT_EQ(rules_of(files, options), "CFG002 CFG014");
  options.yaml = document::YamlSchema::yaml_1_2;
  EXPECT_EQ(rules_of(files, options), "CFG014");
}

}  // namespace
}  // namespace sluice::config
