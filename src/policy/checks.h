#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "finding/sink.h"
#include "policy/env_files.h"
#include "policy/env_places.h"
#include "policy/tracked_ignores.h"
#include "policy/tree.h"

namespace sluice::policy {

struct Check;

/// What the checks look at.
struct Subject {
  const Tree& tree;
  const EnvOptions& options;
  const EnvNames& names;
  const TrackedIgnores& ignores;
  const std::vector<EnvPlace>& places;
  const std::vector<EnvFile>& env_files;  ///< of the tree, by path
};

/// One check: a row in checks.cc and a function in checks/<name>.cc.
struct Check {
  std::string_view id;      ///< stable: `ENV001`
  std::string_view name;    ///< for people and for docs: `env-not-ignored`
  std::string_view help;    ///< one line: what is wrong
  Severity severity;        ///< unless the policy says otherwise
  std::string_view remedy;  ///< what to do; a finding may say it more exactly
  /// Null for a check that is not about one tree (check_history_paths).
  void (*run)(const Subject& subject, const Check& check, FindingSink& sink);
};

/// Every check, in order of id. Lives as long as the program.
std::span<const Check> checks();

/// The row of `id`, which must exist.
const Check& check_by_id(std::string_view id);

/// A finding of `check` at `path`, without place in it, message and fingerprint.
Finding finding_of(const Check& check, std::string_view path);

// The functions of the rows.
void check_env_not_ignored(const Subject&, const Check&, FindingSink&);
void check_env_tracked(const Subject&, const Check&, FindingSink&);
void check_env_template_value(const Subject&, const Check&, FindingSink&);
void check_env_variants_not_ignored(const Subject&, const Check&, FindingSink&);
void check_env_portability(const Subject&, const Check&, FindingSink&);
void check_env_template_parity(const Subject&, const Check&, FindingSink&);
void check_env_in_build_context(const Subject&, const Check&, FindingSink&);
void check_secret_file_tracked(const Subject&, const Check&, FindingSink&);

}  // namespace sluice::policy
