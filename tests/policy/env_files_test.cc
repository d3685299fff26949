#include "policy/env_files.h"

#include <gtest/gtest.h>

#include <string>

namespace sluice::policy {
namespace {

TEST(EnvFiles, NamesTellWhatAFileIs) {
  const EnvOptions options;
  const EnvNames names(options);
  for (const char* path : {".env", "a/b/.env", ".env.local", ".env.production", ".ENV", ".Env.Prod",
                           ".env.keys", ".env.bak", ".env~", ".env ", "a/.env.prod  ", "x/.env.example.d/.env", ".env.exampl"})
    EXPECT_EQ(names.classify(path), EnvKind::env_file) << path;
  for (const char* path :
       {".env.example", "a/.env.sample", ".env.template", ".env.tmpl", ".env.dist", ".env.defaults",
        ".env.schema", ".env.vault", ".env.x", ".env.example.local", ".env.production.example",
        ".env.a.b.sample", "example.env", "env.example", "prod.env.example", ".ENV.EXAMPLE",
        ".env_example", ".env_example ", "a/.env.example "})
    EXPECT_EQ(names.classify(path), EnvKind::template_file) << path;
  for (const char* path : {"env", "a.env", ".envrc", ".environment", ".env/x", "env.py", "dotenv",
                           ".env.d/x", "src/env.d.ts", ""})
    EXPECT_EQ(names.classify(path), EnvKind::none) << path;
}

// Names are looked through eight bytes at once.
TEST(EnvFiles, AreFoundWhereverTheNameStands) {
  const EnvOptions options;
  const EnvNames names(options);
  for (std::size_t length = 0; length < 40; ++length) {
    const std::string folder(length, 'v');
    for (const char* name : {".env", ".ENV", ".eNV", ".env.local", ".env.a"}) {
      EXPECT_EQ(names.classify(folder + "/" + name), EnvKind::env_file) << length << name;
      EXPECT_EQ(names.classify(std::string(length, 'a') + "/" + name), EnvKind::env_file) << length << name;
    }
    EXPECT_EQ(names.classify(folder + "/en.v"), EnvKind::none) << length;
    EXPECT_EQ(names.classify(folder), EnvKind::none) << length;
  }
}

TEST(EnvFiles, OptionsReplaceTheLists) {
  EnvOptions options;
  options.names = {"*.secrets", "deploy/*.vars"};
  options.templates = {"blank.secrets"};
  const EnvNames names(options);
  EXPECT_EQ(names.classify("a/x.secrets"), EnvKind::env_file);
  EXPECT_EQ(names.classify("a/blank.secrets"), EnvKind::template_file);
  EXPECT_EQ(names.classify("deploy/prod.vars"), EnvKind::env_file);
  EXPECT_EQ(names.classify("deploy/a/prod.vars"), EnvKind::none);
  EXPECT_EQ(names.classify("prod.vars"), EnvKind::none);
  EXPECT_EQ(names.classify(".env"), EnvKind::none);
}

TEST(EnvFiles, ATemplateNamesItsFile) {
  const EnvOptions options;
  const EnvNames names(options);
  EXPECT_EQ(names.name_from_template(".env.example"), ".env");
  EXPECT_EQ(names.name_from_template("a/.env.prod.example"), ".env.prod");
  EXPECT_EQ(names.name_from_template(".env.example.prod"), ".env.prod");
  EXPECT_EQ(names.name_from_template(".env.a.b.Sample"), ".env.a.b");
  EXPECT_EQ(names.name_from_template("env.example"), ".env");
  EXPECT_EQ(names.name_from_template("example.env"), ".env");
  EXPECT_EQ(names.name_from_template(".env.vault"), ".env");
}

}  // namespace
}  // namespace sluice::policy
