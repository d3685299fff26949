#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "deploy/check.h"
#include "finding/kept_findings.h"
#include "support/git_repository.h"

namespace sluice::deploy {

// A value that looks like a secret, made when the test runs.
inline const std::string real = std::string("q7Xw") + "3Zt9" + "Lp2Vb8Rk";

using Files = std::vector<std::pair<std::string, std::string>>;

inline std::vector<Finding> found(const std::string& id, const Files& files) {
  testing::GitRepository repository;
  std::vector<config::File> configuration;
  for (const auto& [path, text] : files) {
    repository.write(path, text);
    if (path.starts_with("config/")) configuration.push_back({path, text});
  }
  repository.git({"add", "-A", "-f"});
  const auto handle = git::Repository::open(repository.path());
  const auto tree = policy::Tree::of_index(*handle);
  KeptFindings sink;
  check_deployment({*tree, configuration, {}}, [&](std::string_view one) { return one == id; },
                   sink);
  EXPECT_TRUE(sink.problems.empty());
  return {sink.findings.begin(), sink.findings.end()};
}

inline std::vector<Finding> found(const std::string& id, const std::string& path,
                           const std::string& text) {
  return found(id, Files{{path, text}});
}

// `path:line` of each finding.
inline std::vector<std::string> places(const std::string& id, const Files& files) {
  std::vector<std::string> list;
  for (const Finding& finding : found(id, files)) {
    EXPECT_EQ(finding.message.find(real), std::string::npos);
    list.push_back(fmt::format("{}:{}", finding.at.path, finding.at.line));
  }
  return list;
}

using Places = std::vector<std::string>;

/// Terraform that declares two secrets.
inline const std::string declared =
    "resource \"aws_secretsmanager_secret\" \"db\" {\n  name = "
    "\"shop/${var.env}/db\"\n}\n\nresource \"aws_secretsmanager_secret\" \"hook\" {\n  "
    "name_prefix = \"shop/hook\"\n}\n";

}  // namespace sluice::deploy
