// ENV001's verdicts against git's own: `check-ignore --no-index` in a checkout that holds the
// tracked files alone, with no exclude file of the machine.

#include <algorithm>
#include <array>
#include <random>
#include <set>

#include "policy/env_places.h"
#include "policy/support.h"
#include "policy/tracked_ignores.h"

namespace sluice::policy {
namespace {

using testing::GitRepository;
using Random = std::mt19937;

template <class Range>
const auto& pick(const Range& range, Random& random) {
  return range[std::uniform_int_distribution<std::size_t>(0, range.size() - 1)(random)];
}

const std::array<std::string, 12> folders = {
    "",    "",    "a",         "b", "a/b", "a/b/c", "services/api", "services/web",
    "x y", "[a]", "a/.config", "B"};

const std::array<std::string, 46> lines = {".env",
                                           "!.env",
                                           ".env*",
                                           ".env.*",
                                           "!.env.*",
                                           "!.env.example",
                                           "*.env",
                                           "/.env",
                                           "!/.env",
                                           ".env/",
                                           ".env # no",
                                           "  .env",
                                           ".env  ",
                                           ".env\\ ",
                                           "\\.env",
                                           "#.env",
                                           "\\#.env",
                                           "**/.env",
                                           "a/**",
                                           "a/**/.env",
                                           "/a/",
                                           "a",
                                           "!a",
                                           "a/*",
                                           "!a/.env",
                                           "b/.env",
                                           "*",
                                           "!*/",
                                           "!*",
                                           ".[e]nv",
                                           ".[!x]nv",
                                           ".en?",
                                           "[.]env",
                                           ".env{,.local}",
                                           "services/",
                                           "services/*/.env",
                                           "!services/api/",
                                           "./.env",
                                           "/services/**/.env",
                                           "x y/.env",
                                           "\\[a\\]/.env",
                                           "c",
                                           "**",
                                           ".ENV",
                                           "!.Env",
                                           ".e*v"};

std::string random_ignore_file(Random& random) {
  std::string text = std::uniform_int_distribution<int>(0, 9)(random) == 0 ? "\xef\xbb\xbf" : "";
  const int count = std::uniform_int_distribution<int>(1, 5)(random);
  const std::string end = std::uniform_int_distribution<int>(0, 5)(random) == 0 ? "\r\n" : "\n";
  for (int i = 0; i < count; ++i) text += pick(lines, random) + end;
  if (std::uniform_int_distribution<int>(0, 5)(random) == 0) text.resize(text.size() - end.size());
  return text;
}

// Files below `top`, which is empty or ends in a slash.
void fill(const GitRepository& repository, const std::string& top, Random& random) {
  repository.write(top + "readme", "x");
  for (const std::string& folder : folders) {
    const std::string at = folder.empty() ? top : top + folder + "/";
    if (std::uniform_int_distribution<int>(0, 2)(random) != 0)
      repository.write(at + "setup.py", "x");
    if (std::uniform_int_distribution<int>(0, 1)(random) != 0)
      repository.write(at + ".gitignore", random_ignore_file(random));
    if (std::uniform_int_distribution<int>(0, 4)(random) == 0)
      repository.write(at + ".env.prod.example", "A=\n");
  }
}

std::vector<std::string> expected_paths(const Tree& tree) {
  const EnvOptions options;
  const EnvNames names(options);
  std::vector<std::string> paths;
  for (const EnvPlace& place : env_places(tree, names))
    for (const std::string& name : place.names)
      paths.push_back(place.directory.empty() ? name : place.directory + "/" + name);
  return paths;
}

struct GitVerdict {
  bool ignored = false;
  std::string file, line, pattern;
};

// The fields of `check-ignore -z -v -n`: file, line, pattern, path; empty where no rule matched.
std::vector<GitVerdict> verdicts_of_git(const GitRepository& repository,
                                        const std::vector<std::string>& paths,
                                        const std::string& ignore_case) {
  std::string input;
  for (const std::string& path : paths) input += path + '\0';
  const std::string out =
      repository
          .try_git({"-c", "core.excludesFile=/dev/null", "-c", "core.ignoreCase=" + ignore_case,
                    "check-ignore", "--no-index", "-z", "-v", "-n", "--stdin"},
                   input)
          .out;
  std::vector<std::string> fields(1);
  for (const char c : out) {
    if (c == '\0')
      fields.emplace_back();
    else
      fields.back() += c;
  }
  std::vector<GitVerdict> verdicts;
  for (std::size_t i = 0; i + 4 < fields.size(); i += 4) {
    GitVerdict verdict{false, fields[i], fields[i + 1], fields[i + 2]};
    verdict.ignored = !verdict.pattern.empty() && verdict.pattern[0] != '!';
    verdicts.push_back(verdict);
  }
  return verdicts;
}

// How many paths ENV001's findings speak about: "`a/.env` and 4 more are not ignored".
std::size_t count_told(const KeepingSink& sink) {
  std::size_t told = 0;
  for (const Finding& finding : sink.of("ENV001")) {
    const std::size_t at = finding.message.find("` and ");
    const bool several = finding.message.find(" more are ") != std::string::npos;
    told += several ? 1 + std::stoul(finding.message.substr(at + 6)) : 1;
  }
  return told;
}

// Holds every verdict on what `repository` tracks against git's; returns how many there were and
// how many of them leave a file exposed.
std::pair<std::size_t, std::size_t> compare(const GitRepository& repository) {
  repository.write(".git/info/exclude", "");
  const KeepingSink sink = check_staged(repository);
  EXPECT_TRUE(sink.problems.empty());
  const git::Repository handle = opened(repository);
  const auto tree = Tree::of_index(handle);
  KeepingSink problems;
  const TrackedIgnores ignores(*tree, problems);
  const std::vector<std::string> paths = expected_paths(*tree);
  const auto exact = verdicts_of_git(repository, paths, "false");
  const auto folded = verdicts_of_git(repository, paths, "true");
  EXPECT_EQ(exact.size(), paths.size());
  EXPECT_EQ(folded.size(), paths.size());
  std::size_t exposed = 0;
  for (std::size_t i = 0; i < std::min({paths.size(), exact.size(), folded.size()}); ++i) {
    const git::IgnoreVerdict verdict = ignores.check(paths[i]);
    const GitVerdict& wanted = exact[i].ignored ? folded[i] : exact[i];
    EXPECT_EQ(verdict.ignored, wanted.ignored) << paths[i];
    EXPECT_EQ(verdict.file, wanted.file) << paths[i];
    EXPECT_EQ(verdict.line == 0 ? "" : std::to_string(verdict.line), wanted.line) << paths[i];
    exposed += wanted.ignored ? 0 : 1;
  }
  EXPECT_EQ(count_told(sink), exposed);
  return {paths.size(), exposed};
}

TEST(EnvDifferential, VerdictsEqualThoseOfCheckIgnore) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    Random random(seed);
    const GitRepository repository;
    fill(repository, "", random);
    compare(repository);
    EXPECT_FALSE(HasFailure()) << "seed " << seed;
  }
}

// Each case is a folder of its own, which costs no process: its files cannot see the others.
TEST(EnvDifferential, VerdictsEqualThoseOfCheckIgnoreInManyFolders) {
  const GitRepository repository;
  Random random(1000);
  for (unsigned i = 0; i < 400; ++i) fill(repository, "case" + std::to_string(i) + "/", random);
  const auto [paths, exposed] = compare(repository);
  // The cases must be worth it: plenty, and of both kinds.
  EXPECT_GT(paths, 3000u);
  EXPECT_GT(exposed, paths / 5);
  EXPECT_LT(exposed, paths * 4 / 5);
}

TEST(EnvDifferential, WhatTheMachineIgnoresChangesNothing) {
  const GitRepository repository;
  repository.write("setup.py", "x");
  repository.write(".git/info/exclude", ".env\n");
  EXPECT_EQ(repository.git({"check-ignore", "--no-index", ".env"}), ".env");
  EXPECT_EQ(check_staged(repository).of("ENV001").size(), 1u);
}

}  // namespace
}  // namespace sluice::policy
