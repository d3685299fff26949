#include "policy/image_build.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "policy/path.h"

namespace sluice::policy {
namespace {

TEST(PathFrom, StaysInTheTree) {
  EXPECT_EQ(path_from("a/b", "c"), "a/b/c");
  EXPECT_EQ(path_from("a/b", "./../c/./d/"), "a/c/d");
  EXPECT_EQ(path_from("a/b", "."), "a/b");
  EXPECT_EQ(path_from("a/b", ""), "a/b");
  EXPECT_EQ(path_from("a/b", "../.."), "");
  EXPECT_EQ(path_from("", "./"), "");
  EXPECT_EQ(path_from("a", "../..b"), "..b");
  for (const char* outside : {"..", "../", "../../a", "/a", "/"}) EXPECT_EQ(path_from("", outside), std::nullopt) << outside;
}

TEST(ImageBuild, IsToldByTheNamesOfItsFiles) {
  for (const char* name : {"Dockerfile", "DOCKERFILE", "Containerfile", "Dockerfile.dev", "api.dockerfile"})
    EXPECT_TRUE(is_dockerfile(name)) << name;
  for (const char* name : {"Dockerfile.dockerignore", "dockerfiles", "Dockerfile-notes", ""})
    EXPECT_FALSE(is_dockerfile(name)) << name;
  for (const char* name : {"compose.yaml", "docker-compose.prod.yml", "compose-dev.yml", "podman-compose.yml"})
    EXPECT_TRUE(is_compose_file(name)) << name;
  for (const char* name : {"compose.json", "my-compose.yml", "values.yaml"}) EXPECT_FALSE(is_compose_file(name)) << name;
}

TEST(ImageBuild, LiesWhereTheComposeFileSays) {
  const auto of = [](const std::string& build) {
    std::string found;
    for (const ImageBuild& one : image_builds_of("deploy/compose.yaml", "services:\n  api:\n    build: " + build + "\n"))
      found += one.context + " " + one.dockerfile + ";";
    return found;
  };
  EXPECT_EQ(of("."), "deploy deploy/Dockerfile;");
  EXPECT_EQ(of("{context: .., dockerfile: api/Dockerfile}"), " api/Dockerfile;");
  EXPECT_EQ(of("{dockerfile: ../Dockerfile.dev}"), "deploy Dockerfile.dev;");
  for (const char* elsewhere : {"../..", "https://example.org/a.git", "${DIR}", "{context: /srv}", "{dockerfile_inline: FROM x}", "[]"})
    EXPECT_EQ(of(elsewhere), "") << elsewhere;
}

}  // namespace
}  // namespace sluice::policy
