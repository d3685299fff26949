#include "app/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/date.h"
#include "app/enter_directory.h"
#include "app/policy_location.h"
#include "app/print_error.h"
#include "app/size.h"
#include "base/file.h"
#include "base/text.h"
#include "config/checks.h"
#include "deploy/checks.h"
#include "policy/checks.h"
#include "project/checks.h"

namespace sluice::app {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

}  // namespace

std::vector<std::string> check_ids() {
  std::vector<std::string> ids;
  for (const auto& check : config::checks()) ids.emplace_back(check.id);
  for (const auto& check : policy::checks()) ids.emplace_back(check.id);
  for (const auto& check : deploy::checks()) ids.emplace_back(check.id);
  for (const auto& check : project::checks()) ids.emplace_back(check.id);
  return ids;
}

std::unique_ptr<Session> Session::open(const Options& options, Needs needs) {
  auto session = try_open(options, needs);
  if (session) return std::move(*session);
  for (const Error& error : session.error()) print_error(error);
  return nullptr;
}

tl::expected<std::unique_ptr<Session>, std::vector<Error>> Session::try_open(const Options& options,
                                                                             Needs needs) {
  using Errors = std::vector<Error>;
  std::unique_ptr<Session> session(new Session);
  session->options_ = options;
  if (const Status status = enter_directory(options.directory); !status)
    return tl::unexpected<Errors>(Errors{status.error()});
  auto repository = git::Repository::open(".");
  if (repository) {
    session->repository_ = std::move(*repository);
  } else if (needs == Needs::repository || repository.error().kind != ErrorKind::not_found) {
    return tl::unexpected<Errors>(Errors{repository.error()});
  }
  auto policy = load_policy(options.policy_file, session->repository(), ".");
  if (!policy) return tl::unexpected<Errors>(std::move(policy.error()));
  session->policy_ = std::move(*policy);
  for (const Status& status : {session->select(), session->read_baseline(), session->read_numbers()}) {
    if (!status) return tl::unexpected<Errors>(Errors{status.error()});
  }
  return session;
}

Status Session::select() {
  rules_.add_table(rules::builtin_rules());
  for (const rules::Rule* rule : policy_.rules.rules()) rules_.add(*rule);
  SLUICE_TRY(check_known(options_.enable, "--enable"));
  SLUICE_TRY(check_known(options_.disable, "--disable"));
  SLUICE_TRY(check_known(policy_.disabled, policy_.path));
  std::vector<std::string> with_severity;
  for (const auto& [id, severity] : policy_.severities) with_severity.push_back(id);
  SLUICE_TRY(check_known(with_severity, policy_.path));
  if (active_rules().empty() && options_.enable.empty()) {
    return fail(ErrorKind::invalid_input, "no rule is left to scan with", policy_.path,
                "disable fewer rules");
  }
  configure_checks();
  return {};
}

// Whether all of `ids`, which `where` names, are rules or checks.
Status Session::check_known(const std::vector<std::string>& ids, const std::string& where) const {
  if (ids.empty()) return {};
  std::vector<std::string> known = check_ids();
  for (const rules::Rule* rule : rules_.rules()) known.emplace_back(rule->id);
  for (const std::string& id : ids) {
    if (contains(known, id)) continue;
    const std::string near = base::nearest(id, known);
    return fail(ErrorKind::invalid_input, fmt::format("there is no rule or check '{}'", id), where,
                near.empty() ? "see 'sluice rules list'" : fmt::format("did you mean '{}'?", near));
  }
  return {};
}

// The configuration checks must know what is off: a file that cannot be read is then a problem.
void Session::configure_checks() {
  for (const auto& check : config::checks()) {
    const std::string id(check.id);
    if (!is_active(id)) {
      policy_.config.severities[id] = std::nullopt;
    } else if (const auto severity = severity_of(id)) {
      policy_.config.severities[id] = *severity;
    }
  }
}

Status Session::read_baseline() {
  const std::string path = baseline_path();
  if (path.empty()) return {};
  SLUICE_TRY_ASSIGN(baseline_text_, base::read_file(path));
  SLUICE_TRY_ASSIGN(suppress::Baseline baseline, suppress::Baseline::parse(baseline_text_, path));
  baseline_ = std::move(baseline);
  return {};
}

Status Session::read_numbers() {
  source_options_.jobs =
      options_.jobs != 0 ? options_.jobs : std::max(1u, std::thread::hardware_concurrency());
  source_options_.max_blob_size = policy_.max_blob_size;
  if (!options_.max_blob_size.empty()) {
    SLUICE_TRY_ASSIGN(source_options_.max_blob_size, parse_size(options_.max_blob_size));
  }
  if (!options_.since.empty()) {
    SLUICE_TRY_ASSIGN(const std::int64_t since, parse_date(options_.since));
    since_ = since;
  }
  return {};
}

std::string Session::baseline_path() const {
  if (options_.baseline) return *options_.baseline;
  if (policy_.baseline.empty() || policy_.baseline.front() == '/') return policy_.baseline;
  const auto slash = policy_.path.rfind('/');
  return slash == std::string::npos ? policy_.baseline
                                    : policy_.path.substr(0, slash + 1) + policy_.baseline;
}

std::vector<const rules::Rule*> Session::active_rules() const {
  std::vector<const rules::Rule*> active;
  const bool all = options_.enable.empty() && options_.disable.empty() && policy_.disabled.empty();
  if (all) return rules_.rules();
  for (const rules::Rule* rule : rules_.rules()) {
    if (is_active(std::string(rule->id))) active.push_back(rule);
  }
  return active;
}

bool Session::is_active(const std::string& id) const {
  if (!options_.enable.empty()) return contains(options_.enable, id);
  return !contains(options_.disable, id) && !contains(policy_.disabled, id);
}

std::optional<Severity> Session::severity_of(const std::string& id) const {
  const auto found = policy_.severities.find(id);
  if (found == policy_.severities.end()) return std::nullopt;
  return found->second;
}

}  // namespace sluice::app
