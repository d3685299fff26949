#include "app/ci_range.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "git/walk.h"
#include "support/git_repository.h"

namespace sluice::app {
namespace {

using testing::GitRepository;
using testing::run_process;
using testing::ScopedVariable;
using testing::TemporaryDirectory;
using testing::write_whole;

const std::string zero(40, '0');
const std::string absent(40, '7');

// The repository that a CI run works in: a clone whose `origin` is the team's.
class CiRange : public ::testing::Test {
 protected:
  CiRange() {
    upstream.write("a.txt", "one\n");
    first = upstream.commit_all("one");
    upstream.write("a.txt", "two\n");
    second = upstream.commit_all("two");
  }

  void clone(const std::vector<std::string>& options = {}) {
    path = upstream.directory() + "/clone";
    std::vector<std::string> command{"git", "clone", "-q"};
    command.insert(command.end(), options.begin(), options.end());
    command.push_back("file://" + upstream.path());
    command.push_back(path);
    const auto result = run_process(command, upstream.directory());
    ASSERT_EQ(result.status, 0) << result.err;
  }

  std::string in_clone(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "git");
    const auto result = run_process(arguments, path);
    EXPECT_EQ(result.status, 0) << result.err;
    return result.out.substr(0, result.out.find('\n'));
  }

  // A commit on top of `branch`, which is made when it is not there.
  std::string commit_on(const std::string& branch, const std::string& start,
                        const std::string& file) {
    if (upstream.try_git({"checkout", "-q", branch}).status != 0) {
      upstream.git({"checkout", "-q", "-b", branch, start});
    }
    upstream.write(file, file + " on " + branch + "\n");
    return upstream.commit_all(file);
  }

  CiInput github(const std::string& name, const std::string& payload, const std::string& sha = "") {
    const std::string file = upstream.directory() + "/event" + std::to_string(++events) + ".json";
    write_whole(file, payload);
    CiInput input;
    input.environment = {{"GITHUB_EVENT_NAME", name}, {"GITHUB_EVENT_PATH", file}};
    if (!sha.empty()) input.environment["GITHUB_SHA"] = sha;
    return input;
  }

  CiInput push(const std::string& ref, const std::string& before, const std::string& after) {
    return github("push", R"({"ref": ")" + ref + R"(", "before": ")" + before + R"(", "after": ")" +
                              after + R"(", "repository": {"default_branch": "main"}})");
  }

  CiInput pull_request(const std::string& event, const std::string& base, const std::string& head,
                       const std::string& sha) {
    return github(event,
                  R"({"pull_request": {"number": 7, "base": {"ref": "main", "sha": ")" + base +
                      R"("}, "head": {"sha": ")" + head + R"("}}})",
                  sha);
  }

  Result<CiScope> look(const CiInput& input) {
    auto repository = git::Repository::open(path);
    if (!repository) return tl::unexpected<Error>(repository.error());
    auto scope = find_ci_scope(*repository, input);
    if (!scope) return scope;
    const auto ids = git::commits(*repository, scope->range.include, scope->range.exclude);
    found.clear();
    if (ids) {
      for (const git::Oid& id : *ids) found.insert(id.hex());
    }
    return scope;
  }

  void expect_commits(const CiInput& input, const std::set<std::string>& expected) {
    const auto scope = look(input);
    ASSERT_TRUE(scope) << to_string(scope.error());
    EXPECT_EQ(found, expected) << scope->description;
    EXPECT_EQ(scope->empty_reason.empty(), !expected.empty()) << scope->empty_reason;
  }

  std::string reason(const CiInput& input) {
    const auto scope = look(input);
    if (!scope) return "error: " + to_string(scope.error());
    return scope->whole_history ? "whole history" : scope->empty_reason;
  }

  Error error(const CiInput& input) {
    const auto scope = look(input);
    if (scope) return {ErrorKind::io, "no error: " + scope->description, "", ""};
    return scope.error();
  }

  GitRepository upstream;
  std::string path;
  std::string first;
  std::string second;
  std::set<std::string> found;
  int events = 0;
};

TEST_F(CiRange, PushToABranchIsWhatLiesBetween) {
  const std::string third = commit_on("main", "", "b.txt");
  clone();
  expect_commits(push("refs/heads/main", first, third), {second, third});
  EXPECT_EQ(look(push("refs/heads/main", first, third))->description,
            "push to main: " + first.substr(0, 7) + ".." + third.substr(0, 7));
}

TEST_F(CiRange, PushOfAMergeHoldsTheSecondParentAndTheMerge) {
  const std::string side = commit_on("side", first, "side.txt");
  upstream.git({"checkout", "-q", "main"});
  upstream.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  const std::string merge = upstream.head();
  clone();
  expect_commits(push("refs/heads/main", second, merge), {side, merge});
}

TEST_F(CiRange, ANewBranchIsWhatTheDefaultBranchLacks) {
  const std::string topic = commit_on("topic", second, "topic.txt");
  clone();
  expect_commits(push("refs/heads/topic", zero, topic), {topic});
}

TEST_F(CiRange, BranchesPushedTogetherDoNotHideEachOther) {
  const std::string shared = commit_on("one", second, "shared.txt");
  upstream.git({"branch", "two", "one"});
  clone();
  expect_commits(push("refs/heads/one", zero, shared), {shared});
  expect_commits(push("refs/heads/two", zero, shared), {shared});
}

TEST_F(CiRange, ANewBranchWithoutCommitsSaysSo) {
  clone();
  EXPECT_EQ(reason(push("refs/heads/topic", zero, second)), "every commit is on main already");
}

TEST_F(CiRange, TheFirstPushOfTheDefaultBranchIsAllOfIt) {
  clone();
  expect_commits(push("refs/heads/main", zero, second), {first, second});
}

TEST_F(CiRange, ADeletionHasAReason) {
  clone();
  EXPECT_EQ(reason(push("refs/heads/topic", second, zero)), "topic was deleted");
}

TEST_F(CiRange, AForcedPushIsWhatNeitherTheOldNorMainHolds) {
  const std::string old_topic = commit_on("topic", first, "old.txt");
  clone();  // so that the old commit is known
  upstream.git({"checkout", "-q", "main"});
  upstream.git({"branch", "-D", "-q", "topic"});
  const std::string rewritten = commit_on("topic", second, "new.txt");
  in_clone({"fetch", "-q", "--force", "origin"});
  expect_commits(push("refs/heads/topic", old_topic, rewritten), {rewritten});
}

TEST_F(CiRange, AForcedPushWhoseOldCommitIsGoneTellsThatMoreWasLookedAt) {
  const std::string rewritten = commit_on("topic", second, "new.txt");
  clone();
  expect_commits(push("refs/heads/topic", absent, rewritten), {rewritten});
  EXPECT_EQ(look(push("refs/heads/topic", absent, rewritten))->notes.size(), 1u);
  // On the default branch itself nothing bounds it.
  expect_commits(push("refs/heads/main", absent, second), {first, second});
}

TEST_F(CiRange, ABranchMovedBackHasAReason) {
  clone();
  EXPECT_EQ(reason(push("refs/heads/main", second, first)),
            "main was moved back from " + second.substr(0, 7) + " to " + first.substr(0, 7));
}

TEST_F(CiRange, ATagOnAKnownCommitHasAReasonAndAnAnnotatedOneIsNew) {
  upstream.git({"tag", "light", first});
  upstream.git({"tag", "-a", "-m", "message", "heavy", first});
  upstream.git({"tag", "-a", "-m", "message of the outer", "outer", "heavy"});
  clone();
  EXPECT_EQ(reason(push("refs/tags/light", zero, first)), "every commit is on main already");
  const auto scope = look(push("refs/tags/outer", zero, upstream.rev("outer")));
  ASSERT_TRUE(scope) << to_string(scope.error());
  EXPECT_EQ(scope->empty_reason, "");
  ASSERT_EQ(scope->range.tags.size(), 2u);
  EXPECT_EQ(scope->range.tags[0].hex(), upstream.rev("outer"));
  EXPECT_EQ(scope->range.tags[1].hex(), upstream.rev("heavy"));
  // A payload that names the commit: the tag is found by its name.
  EXPECT_EQ(look(push("refs/tags/heavy", zero, first))->range.tags.size(), 1u);
}

TEST_F(CiRange, ATagOnABlobOrTreeIsLookedAtItself) {
  const std::string blob = upstream.git({"hash-object", "-w", "--stdin"}, "content\n");
  upstream.git({"tag", "-a", "-m", "message", "blob", blob});
  upstream.git({"tag", "tree", "HEAD^{tree}"});
  clone();
  const auto tagged = look(push("refs/tags/blob", zero, upstream.rev("blob")));
  ASSERT_TRUE(tagged) << to_string(tagged.error());
  ASSERT_EQ(tagged->objects.size(), 1u);
  EXPECT_EQ(tagged->objects[0].hex(), blob);
  EXPECT_EQ(tagged->range.tags.size(), 1u);
  EXPECT_EQ(look(push("refs/tags/tree", zero, upstream.rev("tree")))->objects.size(), 1u);
}

TEST_F(CiRange, AShallowCloneThatEndsWithinTheRangeIsAnErrorWithItsRemedy) {
  const std::string third = commit_on("main", "", "b.txt");
  clone({"--depth", "1"});
  for (const CiInput& input :
       {push("refs/heads/main", first, third), push("refs/heads/main", zero, third),
        pull_request("pull_request", first, third, "")}) {
    const Error shallow = error(input);
    EXPECT_EQ(shallow.kind, ErrorKind::not_found) << shallow.what;
    EXPECT_NE(shallow.remedy.find("fetch-depth: 0"), std::string::npos) << shallow.remedy;
  }
}

TEST_F(CiRange, AShallowCloneThatHoldsTheRangeWillDo) {
  const std::string third = commit_on("main", "", "b.txt");
  clone({"--depth", "2"});
  expect_commits(push("refs/heads/main", second, third), {third});
}

TEST_F(CiRange, ACommitThatIsNotHereIsAnError) {
  clone();
  EXPECT_EQ(error(push("refs/heads/main", first, absent)).remedy,
            "git fetch origin refs/heads/main");
  EXPECT_EQ(error(pull_request("pull_request", first, absent, "")).remedy,
            "git fetch origin refs/pull/7/head");
  EXPECT_EQ(error(pull_request("pull_request", absent, second, "")).kind, ErrorKind::io)
      << "the target branch stands in for a base that was rewritten";
}

TEST_F(CiRange, APullRequestIsItsCommitsAndTheTrialMergesOwnChanges) {
  const std::string side = commit_on("side", first, "side.txt");
  commit_on("topic", first, "topic.txt");
  upstream.git({"merge", "-q", "--no-ff", "-m", "with side", "side"});
  const std::string head = upstream.head();
  const std::string moved_base = commit_on("main", "", "later.txt");
  upstream.git({"checkout", "-q", "--detach", "main"});
  upstream.git({"merge", "-q", "--no-ff", "-m", "trial", "topic"});
  const std::string trial = upstream.head();
  clone();
  in_clone({"fetch", "-q", "origin", trial});
  // The event's base is older than what the trial merge was made with: that is not the request's.
  expect_commits(pull_request("pull_request", second, head, trial),
                 {side, upstream.rev("topic^1"), head, trial});
  EXPECT_FALSE(found.count(moved_base));
  EXPECT_EQ(look(pull_request("pull_request", second, head, absent))->notes.size(), 1u);
}

TEST_F(CiRange, APullRequestThatIsMergedAlreadySaysSo) {
  clone();
  EXPECT_EQ(reason(pull_request("pull_request", second, first, "")),
            first.substr(0, 7) + " is part of its base " + second.substr(0, 7) + " already");
}

TEST_F(CiRange, APullRequestTargetLooksAtTheHeadAndDistrustsItsCheckout) {
  const std::string head = commit_on("topic", second, "topic.txt");
  upstream.git({"checkout", "-q", "main"});
  clone();
  EXPECT_FALSE(
      look(pull_request("pull_request_target", second, head, second))->is_checkout_untrusted);
  expect_commits(pull_request("pull_request_target", second, head, second), {head});
  in_clone({"checkout", "-q", "--detach", head});
  EXPECT_TRUE(
      look(pull_request("pull_request_target", second, head, second))->is_checkout_untrusted);
  EXPECT_EQ(error(pull_request("pull_request_target", second, absent, second)).remedy,
            "git fetch origin refs/pull/7/head");
}

TEST_F(CiRange, AMergeGroupIsBetweenItsBaseAndHead) {
  const std::string head = commit_on("queue", second, "queued.txt");
  clone();
  expect_commits(github("merge_group", R"({"merge_group": {"base_sha": ")" + second +
                                           R"(", "head_sha": ")" + head + R"("}})"),
                 {head});
}

TEST_F(CiRange, ASelfStartedRunLooksAtEverythingOrAtTheRangeItWasGiven) {
  clone();
  EXPECT_EQ(reason(github("schedule", "{}")), "whole history");
  EXPECT_EQ(reason(github("workflow_dispatch", R"({"inputs": null})")), "whole history");
  const std::string range = first + ".." + second;
  expect_commits(github("workflow_dispatch", R"({"inputs": {"range": ")" + range + R"("}})"),
                 {second});
}

TEST_F(CiRange, ReleasesCreationsAndDeletions) {
  const std::string topic = commit_on("topic", second, "topic.txt");
  upstream.git({"tag", "-a", "-m", "message", "v1", topic});
  clone();
  const std::string repository = R"("repository": {"default_branch": "main"})";
  expect_commits(
      github("create", R"({"ref": "topic", "ref_type": "branch", )" + repository + "}", topic),
      {topic});
  const auto release = github(
      "release", R"({"action": "published", "release": {"tag_name": "v1"}, )" + repository + "}",
      topic);
  expect_commits(release, {topic});
  EXPECT_EQ(look(release)->range.tags.size(), 1u);
  EXPECT_EQ(
      reason(github("release", R"({"action": "deleted", "release": {"tag_name": "v1"}})", topic)),
      "the release was deleted");
  EXPECT_EQ(reason(github("delete", R"({"ref": "topic", "ref_type": "branch"})")),
            "a deletion brings no commit");
}

TEST_F(CiRange, UnknownEventsAndBrokenPayloadsAreErrors) {
  clone();
  EXPECT_NE(error(github("issue_comment", "{}")).remedy.find("sluice range"), std::string::npos);
  EXPECT_EQ(error(github("push", "{")).kind, ErrorKind::invalid_input);
  EXPECT_EQ(error(github("push", R"({"ref": "refs/heads/main"})")).kind, ErrorKind::invalid_input);
  EXPECT_EQ(error(push("refs/heads/main", "main", second)).kind, ErrorKind::invalid_input);
  CiInput no_file;
  no_file.environment = {{"GITHUB_EVENT_NAME", "push"}, {"GITHUB_EVENT_PATH", path + "/none.json"}};
  EXPECT_EQ(error(no_file).kind, ErrorKind::not_found);
  EXPECT_NE(error(CiInput{}).remedy.find("sluice range BASE..HEAD"), std::string::npos);
}

CiInput gitlab(Environment more) {
  CiInput input;
  input.environment = std::move(more);
  input.environment["GITLAB_CI"] = "true";
  input.environment["CI_DEFAULT_BRANCH"] = "main";
  return input;
}

TEST_F(CiRange, GitlabsPushesMergeRequestsAndSchedules) {
  const std::string topic = commit_on("topic", second, "topic.txt");
  clone();
  expect_commits(gitlab({{"CI_PIPELINE_SOURCE", "push"},
                         {"CI_COMMIT_REF_NAME", "main"},
                         {"CI_COMMIT_BEFORE_SHA", first},
                         {"CI_COMMIT_SHA", second}}),
                 {second});
  expect_commits(gitlab({{"CI_PIPELINE_SOURCE", "push"},
                         {"CI_COMMIT_REF_NAME", "topic"},
                         {"CI_COMMIT_BEFORE_SHA", zero},
                         {"CI_COMMIT_SHA", topic}}),
                 {topic});
  expect_commits(gitlab({{"CI_PIPELINE_SOURCE", "merge_request_event"},
                         {"CI_COMMIT_BEFORE_SHA", zero},
                         {"CI_MERGE_REQUEST_DIFF_BASE_SHA", second},
                         {"CI_COMMIT_SHA", topic}}),
                 {topic});
  EXPECT_EQ(reason(gitlab({{"CI_PIPELINE_SOURCE", "schedule"},
                           {"CI_COMMIT_BEFORE_SHA", zero},
                           {"CI_COMMIT_SHA", second}})),
            "whole history");
  EXPECT_EQ(error(gitlab({{"CI_PIPELINE_SOURCE", "push"}})).kind, ErrorKind::invalid_input);
}

TEST_F(CiRange, GitlabsMergedResultsHoldTheTrialMerge) {
  const std::string topic = commit_on("topic", first, "topic.txt");
  upstream.git({"checkout", "-q", "--detach", "main"});
  upstream.git({"merge", "-q", "--no-ff", "-m", "trial", "topic"});
  const std::string trial = upstream.head();
  upstream.git({"branch", "trial"});
  clone();
  expect_commits(gitlab({{"CI_PIPELINE_SOURCE", "merge_request_event"},
                         {"CI_MERGE_REQUEST_DIFF_BASE_SHA", first},
                         {"CI_COMMIT_SHA", trial},
                         {"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", topic}}),
                 {topic, trial});
}

CiInput hook(CiHook kind, const std::string& lines, const std::string& remote = "") {
  CiInput input;
  input.hook = kind;
  input.stdin_text = lines;
  input.remote = remote;
  return input;
}

TEST_F(CiRange, PrePushReadsEveryLine) {
  clone();
  write_whole(path + "/n.txt", "new\n");
  in_clone({"add", "-A"});
  in_clone({"commit", "-q", "-m", "on main"});
  const std::string on_main = in_clone({"rev-parse", "HEAD"});
  in_clone({"checkout", "-q", "-b", "topic"});
  in_clone({"commit", "-q", "--allow-empty", "-m", "on topic"});
  const std::string on_topic = in_clone({"rev-parse", "HEAD"});
  const std::string main_line = "refs/heads/main " + on_main + " refs/heads/main " + second + "\n";
  const std::string topic_line =
      "refs/heads/topic " + on_topic + " refs/heads/topic " + zero + "\n";
  const std::string gone_line = "(delete) " + zero + " refs/heads/gone " + second + "\n";
  expect_commits(hook(CiHook::pre_push, main_line, "origin"), {on_main});
  expect_commits(hook(CiHook::pre_push, gone_line + topic_line, "origin"), {on_main, on_topic});
  expect_commits(hook(CiHook::pre_push, main_line + gone_line + topic_line, "origin"),
                 {on_main, on_topic});
  EXPECT_EQ(reason(hook(CiHook::pre_push, gone_line, "origin")), "gone was deleted");
  EXPECT_EQ(reason(hook(CiHook::pre_push, "", "origin")), "Git named no ref to push");
  // Another remote has none of it.
  expect_commits(hook(CiHook::pre_push, topic_line, "https://example.com/other.git"),
                 {first, second, on_main, on_topic});
  // What the remote has is not here (somebody else pushed): as for a new branch.
  expect_commits(
      hook(CiHook::pre_push, "HEAD~0 " + on_main + " refs/heads/main " + absent + "\n", "origin"),
      {on_main});
  EXPECT_EQ(error(hook(CiHook::pre_push, "nonsense\n", "origin")).kind, ErrorKind::invalid_input);
}

TEST_F(CiRange, PreReceiveLeavesOutWhatTheServerHas) {
  const std::string topic = commit_on("topic", second, "topic.txt");
  path = upstream.path();
  upstream.git({"checkout", "-q", "main"});
  upstream.git({"branch", "-D", "-q", "topic"});  // its commit is there, as in a quarantine
  const std::string topic_line = zero + " " + topic + " refs/heads/topic\n";
  const std::string known_line = zero + " " + first + " refs/heads/old\n";
  const std::string gone_line = first + " " + zero + " refs/heads/gone\n";
  expect_commits(hook(CiHook::pre_receive, known_line + gone_line + topic_line), {topic});
  EXPECT_EQ(reason(hook(CiHook::pre_receive, known_line)), "every commit is on the server already");
  EXPECT_EQ(reason(hook(CiHook::pre_receive, gone_line)), "gone was deleted");
  EXPECT_EQ(error(hook(CiHook::pre_receive, "")).kind, ErrorKind::invalid_input);
  EXPECT_EQ(error(hook(CiHook::pre_receive, zero + " " + absent + " refs/heads/x\n")).kind,
            ErrorKind::not_found);
}

TEST_F(CiRange, PreCommitTellsItsRangeByVariables) {
  clone();
  in_clone({"commit", "-q", "--allow-empty", "-m", "new"});
  const std::string here = in_clone({"rev-parse", "HEAD"});
  CiInput input = hook(CiHook::pre_push, "", "");
  input.environment = {{"PRE_COMMIT", "1"},
                       {"PRE_COMMIT_FROM_REF", second},
                       {"PRE_COMMIT_TO_REF", "HEAD"},
                       {"PRE_COMMIT_REMOTE_NAME", "origin"}};
  expect_commits(input, {here});
  input.hook = CiHook::none;
  expect_commits(input, {here});
  input.environment = {{"PRE_COMMIT", "1"},
                       {"PRE_COMMIT_REMOTE_NAME", "origin"},
                       {"PRE_COMMIT_LOCAL_BRANCH", "refs/heads/main"},
                       {"PRE_COMMIT_REMOTE_BRANCH", "refs/heads/main"}};
  input.hook = CiHook::pre_push;
  expect_commits(input, {here});
  input.environment = {{"PRE_COMMIT", "1"}};
  EXPECT_EQ(reason(input), "whole history");
}

}  // namespace
}  // namespace sluice::app
