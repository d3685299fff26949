#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/options.h"
#include "app/policy_file.h"
#include "base/result.h"
#include "finding/finding.h"
#include "git/repository.h"
#include "rules/rule_set.h"
#include "source/item.h"
#include "suppress/baseline.h"

namespace sluice::app {

/// All that a run needs, opened once: options, repository, policy, rules, baseline.
class Session {
 public:
  enum class Needs { repository, nothing };

  /// Goes to options.directory, opens the repository when one is needed (or is there), reads the
  /// policy file and selects the rules. On failure prints every error to standard error and
  /// returns nothing.
  static std::unique_ptr<Session> open(const Options& options, Needs needs);

  /// As open, but gives the errors instead of printing them.
  static tl::expected<std::unique_ptr<Session>, std::vector<Error>> try_open(const Options& options,
                                                                             Needs needs);

  const Options& options() const { return options_; }
  const PolicyFile& policy() const { return policy_; }
  const git::Repository* repository() const { return repository_ ? &*repository_ : nullptr; }
  const source::SourceOptions& source_options() const { return source_options_; }
  source::SourceOptions& source_options() { return source_options_; }
  const std::optional<suppress::Baseline>& baseline() const { return baseline_; }
  std::string baseline_path() const;
  const std::string& baseline_text() const { return baseline_text_; }
  /// Commits before this (seconds since 1970) do not count; unset: all count.
  const std::optional<std::int64_t>& since() const { return since_; }

  /// Every rule there is, the policy's severities applied.
  const rules::RuleSet& rules() const { return rules_; }
  /// Those that are to be used.
  std::vector<const rules::Rule*> active_rules() const;
  /// Whether findings of this rule or check count.
  bool is_active(const std::string& id) const;
  /// The severity the policy gives a rule or check, or nothing.
  std::optional<Severity> severity_of(const std::string& id) const;

 private:
  Session() = default;
  Status select();
  Status check_known(const std::vector<std::string>& ids, const std::string& where) const;
  void configure_checks();
  Status read_baseline();
  Status read_numbers();

  Options options_;
  std::optional<git::Repository> repository_;
  PolicyFile policy_;
  rules::RuleSet rules_;
  std::optional<suppress::Baseline> baseline_;
  std::string baseline_text_;
  source::SourceOptions source_options_;
  std::optional<std::int64_t> since_;
};

/// Whether one of `checks` (a room's table) is to be used.
template <class Checks>
bool any_active(const Session& session, const Checks& checks) {
  for (const auto& check : checks) {
    if (session.is_active(std::string(check.id))) return true;
  }
  return false;
}

/// Ids of the checks that are not rules (CFG..., ENV...), for validation and help.
std::vector<std::string> check_ids();

}  // namespace sluice::app
