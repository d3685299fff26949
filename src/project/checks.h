#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/folder.h"
#include "finding/sink.h"
#include "project/survey.h"
#include "project/variables.h"

namespace sluice::project {

struct Check;

/// What the checks look at.
struct Subject {
  const std::vector<config::Folder>& folders;
  const config::Options& options;
  const std::vector<Reference>& references;
  const std::vector<TemplateKey>& template_keys;
  const Files& files;
  const Survey& survey;
};

/// One check: a row in checks.cc and a function in checks/<name>.cc.
struct Check {
  std::string_view id;      ///< stable: `CFG027`
  std::string_view name;    ///< for people and for docs: `unselected-environment`
  std::string_view help;    ///< one line: what is wrong
  Severity severity;        ///< unless the policy says otherwise
  std::string_view remedy;  ///< what to do
  void (*run)(const Subject& subject, const Check& check, FindingSink& sink);
};

/// Every check, in order of id. Lives as long as the program.
std::span<const Check> checks();

/// A finding of `check` at `at`, about `identity` within the check.
Finding finding_of(const Check& check, const Place& at, std::string message, std::string_view identity);

/// A second place.
Related related(const Place& at, std::string message);

// The functions of the rows.
void check_unselected_environment(const Subject&, const Check&, FindingSink&);
void check_environment_without_file(const Subject&, const Check&, FindingSink&);
void check_undeclared_variable(const Subject&, const Check&, FindingSink&);
void check_unprovided_variable(const Subject&, const Check&, FindingSink&);
void check_unused_variable(const Subject&, const Check&, FindingSink&);

}  // namespace sluice::project
