#include "policy/notable_name.h"

#include <gtest/gtest.h>

#include <string>

namespace sluice::policy {
namespace {

TEST(NotableName, LeavesOutWhatIsToldByItsEnding) {
  for (const char* path : {"main.c", "src/main.CPP", "a/b/c.tsx", "x/logo.png", ".c", "v.h", "vendor/lib.go", "en/v.rs", "docker.go"})
    EXPECT_FALSE(is_notable(path)) << path;
  for (const char* path : {"", "c", "Makefile", "a.c/b", "a.yaml", "x.cx", "src.c/Dockerfile", "main.c ", "setup.py", "pom.xml",
                           "build.gradle.kts", "Package.swift", "mix.exs", ".gitignore", "app.csproj"})
    EXPECT_TRUE(is_notable(path)) << path;
}

TEST(NotableName, KeepsWhatSaysEnvAndImagesOfPlainNames) {
  for (const char* path : {".env.c", "a/.ENV.js", "next-env.d.ts", "src/environment.go", "Dockerfile.go", "a/dockerfile.js"})
    EXPECT_TRUE(is_notable(path)) << path;
}

TEST(NotableName, EnvIsFoundAtEveryPlace) {
  for (std::size_t before = 0; before < 20; ++before) {
    for (std::size_t after = 0; after < 20; ++after) {
      const std::string path = std::string(before, 'v') + "eNv" + std::string(after, 'e');
      EXPECT_TRUE(mentions_env(path)) << path;
      EXPECT_FALSE(mentions_env(std::string(before, 'v') + "e.nv" + std::string(after, 'e'))) << before << " " << after;
    }
  }
}

}  // namespace
}  // namespace sluice::policy
