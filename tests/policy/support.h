#pragma once

// What the policy tests share: a sink that keeps what it gets, and short ways to run the checks.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "finding/kept_findings.h"
#include "policy/check.h"
#include "policy/tree.h"
#include "support/git_repository.h"

namespace sluice::policy {

// A value that no one takes for a placeholder, made at run time.
inline std::string real_value() {
  std::string value;
  for (unsigned i = 0; i < 24; ++i) value += "k7Qz2mX9vB4tW1"[i * 5 % 14];
  return value;
}

class KeepingSink : public KeptFindings {
 public:
  /// The findings of one check.
  std::vector<Finding> of(const std::string& rule) const {
    std::vector<Finding> found;
    for (const Finding& finding : findings)
      if (finding.rule == rule) found.push_back(finding);
    return found;
  }
};

inline git::Repository opened(const testing::GitRepository& repository) {
  auto opened = git::Repository::open(repository.path());
  EXPECT_TRUE(opened) << (opened ? "" : to_string(opened.error()));
  return std::move(*opened);
}

/// The checks on what `repository` has staged after `git add -A -f`.
inline KeepingSink check_staged(const testing::GitRepository& repository,
                                const EnvOptions& options = {}) {
  repository.git({"add", "-A", "-f"});
  const git::Repository handle = opened(repository);
  KeepingSink sink;
  const auto tree = Tree::of_index(handle);
  EXPECT_TRUE(tree) << (tree ? "" : to_string(tree.error()));
  if (tree) check_env(*tree, options, sink);
  return sink;
}

/// The name of a tree of thirty levels, each of which holds the level below twice; the lowest holds
/// `name`.
inline std::string tree_bomb(const testing::GitRepository& repository, const std::string& name) {
  const std::string blob = repository.git({"hash-object", "-w", "--stdin"}, "x");
  std::string tree = repository.git({"mktree"}, "100644 blob " + blob + "\t" + name + "\n");
  for (int i = 0; i < 30; ++i) {
    const std::string line = "040000 tree " + tree + "\t" + std::string(200, 'a');
    tree = repository.git({"mktree"}, line + "1\n" + line + "2\n");
  }
  return tree;
}

using Files = std::vector<std::pair<std::string, std::string>>;

/// The checks on an index that holds exactly `files`.
inline KeepingSink check_files(const Files& files, const EnvOptions& options = {}) {
  const testing::GitRepository repository;
  for (const auto& [path, content] : files) repository.write(path, content);
  return check_staged(repository, options);
}

}  // namespace sluice::policy
