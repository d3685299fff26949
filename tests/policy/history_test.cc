#include "policy/history.h"

#include <algorithm>

#include "policy/support.h"

namespace sluice::policy {
namespace {

using testing::GitRepository;

std::vector<git::AttributionRoot> roots_of(const GitRepository& repository,
                                           const git::Repository& handle) {
  std::vector<git::Oid> commits;
  for (const std::string& line :
       testing::pieces(repository.git({"rev-list", "--all", "--topo-order", "--reverse"})))
    commits.push_back(*git::Oid::from_hex(line));
  const auto roots = git::commit_roots(handle, commits);
  EXPECT_TRUE(roots);
  return *roots;
}

std::vector<PathInHistory> paths_in(const GitRepository& repository, KeepingSink& sink,
                                    const EnvOptions& options = {}) {
  const git::Repository handle = opened(repository);
  const auto paths = env_paths_in_history(handle, roots_of(repository, handle), options, sink);
  EXPECT_TRUE(paths) << (paths ? "" : to_string(paths.error()));
  return paths ? *paths : std::vector<PathInHistory>();
}

TEST(EnvHistory, EachPathWithTheFirstCommitThatHeldIt) {
  GitRepository repository;
  repository.write("a/b/x", "x");
  repository.commit_all("nothing");
  repository.write("a/b/.env", "A=1\n");
  repository.write(".env.example", "A=\n");
  const std::string first = repository.commit_all("first");
  const std::string blob = repository.rev("HEAD:a/b/.env");
  repository.write("a/b/.env", "A=2\n");
  repository.commit_all("changed");
  repository.remove("a/b/.env");
  repository.commit_all("removed");
  repository.git({"checkout", "-q", "-b", "side"});
  repository.git({"mv", "a", "c"});
  repository.write(".env.prod", "x");
  const std::string side = repository.commit_all("side");
  repository.git({"checkout", "-q", "main"});
  KeepingSink sink;
  const auto paths = paths_in(repository, sink);
  ASSERT_EQ(paths.size(), 2u);
  EXPECT_EQ(paths[0].path, "a/b/.env");
  EXPECT_EQ(paths[0].commit, first);
  EXPECT_EQ(paths[0].object, blob);
  EXPECT_EQ(paths[0].author, "A U Thor <author@example.com>");
  EXPECT_FALSE(paths[0].date.empty());
  EXPECT_EQ(paths[1].path, ".env.prod");
  EXPECT_EQ(paths[1].commit, side);
  check_history_paths(opened(repository), paths, {}, sink);
  ASSERT_EQ(sink.of("ENV005").size(), 2u);
  const Finding& finding = sink.findings[0];
  EXPECT_EQ(finding.origin.commit, first);
  EXPECT_EQ(finding.at.path, "a/b/.env");
  EXPECT_NE(finding.remedy.find("git filter-repo --invert-paths --path a/b/.env"),
            std::string::npos);
}

TEST(EnvHistory, WhatIsPublishedCountsOnceItIsNot) {
  GitRepository repository;
  repository.write("web/.env.production", "VITE_A=b\n");
  repository.write("web/.env.staging", "VITE_A=b\n");
  repository.commit_all("first");
  repository.write("web/.env.production", "VITE_A=b\nDB_PASSWORD=" + real_value() + "\n");
  const std::string second = repository.commit_all("second");
  repository.write("web/.env.production", "VITE_A=c\n");
  repository.commit_all("third");
  KeepingSink sink;
  check_history_paths(opened(repository), paths_in(repository, sink), {}, sink);
  ASSERT_EQ(sink.of("ENV005").size(), 1u);
  EXPECT_EQ(sink.findings[0].at.path, "web/.env.production");
  EXPECT_EQ(sink.findings[0].origin.commit, second);
}

TEST(EnvHistory, TheSameTreeAtTwoPlacesGivesTwoPaths) {
  GitRepository repository;
  for (const char* path : {"a/s/.env", "b/s/.env", "a/s/s/.env"}) repository.write(path, "same");
  repository.commit_all("all");
  repository.git({"mv", "a", "z"});
  repository.commit_all("moved");
  KeepingSink sink;
  std::vector<std::string> found;
  for (const PathInHistory& place : paths_in(repository, sink)) found.push_back(place.path);
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (std::vector<std::string>{"a/s/.env", "a/s/s/.env", "b/s/.env", "z/s/.env",
                                             "z/s/s/.env"}));
}

TEST(EnvHistory, GlobsOverWholePathsAreHeldAgainstWholePaths) {
  GitRepository repository;
  repository.write("deploy/prod.vars", "x");
  repository.write("other/prod.vars", "x");
  repository.write("deploy/blank.vars", "x");
  repository.commit_all("all");
  EnvOptions options;
  options.names = {"deploy/*.vars"};
  options.templates = {"deploy/blank.vars"};
  KeepingSink sink;
  const auto paths = paths_in(repository, sink, options);
  ASSERT_EQ(paths.size(), 1u);
  EXPECT_EQ(paths[0].path, "deploy/prod.vars");
}

TEST(EnvHistory, AMissingTreeIsAProblemAndTheRestIsStillSeen) {
  GitRepository repository;
  repository.write("a/x", "x");
  repository.write("b/.env", "x");
  repository.commit_all("all");
  const std::string tree = repository.rev("HEAD:a");
  repository.remove(".git/objects/" + tree.substr(0, 2) + "/" + tree.substr(2));
  KeepingSink sink;
  const auto paths = paths_in(repository, sink);
  ASSERT_EQ(paths.size(), 1u);
  EXPECT_EQ(paths[0].path, "b/.env");
  ASSERT_EQ(sink.problems.size(), 1u);
  EXPECT_EQ(sink.problems[0].where, tree);
}

TEST(EnvHistory, OnlyEnvFilesAreReportedAndEachPathOnce) {
  const GitRepository repository;
  KeepingSink sink;
  check_history_paths(opened(repository), {{"a/.env", "1", "", "", ""},
                       {"a/.env", "2", "", "", ""},
                       {".env.example", "1", "", "", ""},
                       {"x", "1", "", "", ""}},
                      {}, sink);
  ASSERT_EQ(sink.findings.size(), 1u);
  EXPECT_EQ(sink.findings[0].origin.commit, "1");
}

TEST(EnvHistory, ATreeBombEndsInAnErrorOnlyWithAnEnvFileInIt) {
  const GitRepository repository;
  const std::string bomb = tree_bomb(repository, ".env");
  const std::string harmless = tree_bomb(repository, "f");
  const git::Repository handle = opened(repository);
  KeepingSink sink;
  const auto result =
      env_paths_in_history(handle, {{*git::Oid::from_hex(bomb), {}}}, {}, sink);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::limit_exceeded);
  const auto fine =
      env_paths_in_history(handle, {{*git::Oid::from_hex(harmless), {}}}, {}, sink);
  ASSERT_TRUE(fine);
  EXPECT_TRUE(fine->empty());
}

}  // namespace
}  // namespace sluice::policy
