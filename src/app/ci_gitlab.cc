#include "app/ci_gitlab.h"

#include <fmt/format.h>

namespace sluice::app {
namespace {

// An unset or empty variable is "none".
Result<std::string> name_in(const Environment& environment, const char* variable_name) {
  const std::string value = variable(environment, variable_name);
  if (value.empty()) return std::string();
  return object_name(value, variable_name);
}

Result<CiEvent> read_merge_request(const Environment& environment, CiEvent event) {
  event.kind = CiEvent::Kind::proposal;
  event.title = fmt::format("merge request {}", variable(environment, "CI_MERGE_REQUEST_IID"));
  Proposal& proposal = event.proposal;
  proposal.base_ref = variable(environment, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME");
  SLUICE_TRY_ASSIGN(proposal.base, name_in(environment, "CI_MERGE_REQUEST_DIFF_BASE_SHA"));
  SLUICE_TRY_ASSIGN(std::string commit, name_in(environment, "CI_COMMIT_SHA"));
  // Set in pipelines for merged results only, where CI_COMMIT_SHA is the trial merge.
  SLUICE_TRY_ASSIGN(std::string source, name_in(environment, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"));
  proposal.head = source.empty() ? commit : source;
  proposal.merge = source.empty() ? "" : commit;
  proposal.fetch_head = "git fetch origin " + proposal.head;
  if (proposal.base.empty() || proposal.head.empty()) {
    return fail(ErrorKind::invalid_input, "the merge request's commits are not named",
                "CI_MERGE_REQUEST_DIFF_BASE_SHA, CI_COMMIT_SHA");
  }
  return event;
}

Result<CiEvent> read_push(const Environment& environment, CiEvent event,
                          const std::string& before) {
  const std::string tag = variable(environment, "CI_COMMIT_TAG");
  const std::string name = variable(environment, "CI_COMMIT_REF_NAME");
  SLUICE_TRY_ASSIGN(std::string commit, name_in(environment, "CI_COMMIT_SHA"));
  if (commit.empty() || name.empty()) {
    return fail(ErrorKind::invalid_input, "the pushed commit is not named",
                "CI_COMMIT_SHA, CI_COMMIT_REF_NAME");
  }
  const std::string ref = tag.empty() ? "refs/heads/" + name : "refs/tags/" + tag;
  event.kind = CiEvent::Kind::updates;
  event.updates.push_back({ref, before, std::move(commit)});
  event.title = "push to " + short_ref(ref);
  return event;
}

}  // namespace

Result<CiEvent> read_gitlab_event(const Environment& environment) {
  CiEvent event;
  event.default_branch = variable(environment, "CI_DEFAULT_BRANCH");
  event.deepen = "set GIT_DEPTH: 0 for the job";
  const std::string source = variable(environment, "CI_PIPELINE_SOURCE");
  if (!variable(environment, "CI_MERGE_REQUEST_DIFF_BASE_SHA").empty()) {
    return read_merge_request(environment, std::move(event));
  }
  SLUICE_TRY_ASSIGN(const std::string before, name_in(environment, "CI_COMMIT_BEFORE_SHA"));
  if (source == "push" || !before.empty()) return read_push(environment, std::move(event), before);
  if (source.empty()) {
    return fail(ErrorKind::invalid_input, "GitLab does not say what started the pipeline",
                "CI_PIPELINE_SOURCE", "name the range yourself: sluice range BASE..HEAD");
  }
  // schedule, web, api, trigger, pipeline, chat, ...: no push stands behind it.
  event.kind = CiEvent::Kind::whole_history;
  event.title = fmt::format("pipeline started by {}", source);
  return event;
}

}  // namespace sluice::app
