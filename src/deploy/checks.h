#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "deploy/file.h"
#include "finding/sink.h"

namespace sluice::deploy {

/// One check: a row in checks.cc and a function in checks/<name>.cc.
struct Check {
  std::string_view id;      ///< stable: `SEC001`
  std::string_view name;    ///< for people and for docs: `secret-in-script`
  std::string_view help;    ///< one line: what is wrong
  Severity severity;        ///< unless the policy says otherwise
  std::string_view remedy;  ///< what to do
  FileKind kind;            ///< of the files that it looks at
  void (*run)(const File& file, const Check& check, FindingSink& sink);
};

/// Every check, in order of id. Lives as long as the program.
std::span<const Check> checks();

// The functions of the rows. Each looks at one file and reports what it finds.
void check_secret_in_script(const File&, const Check&, FindingSink&);
void check_secret_written(const File&, const Check&, FindingSink&);
void check_workflow_literal(const File&, const Check&, FindingSink&);
void check_static_cloud_keys(const File&, const Check&, FindingSink&);
void check_all_secrets_handed_over(const File&, const Check&, FindingSink&);
void check_foreign_code_with_secrets(const File&, const Check&, FindingSink&);
void check_production_without_environment(const File&, const Check&, FindingSink&);
void check_dockerfile_secret(const File&, const Check&, FindingSink&);
void check_compose_literal(const File&, const Check&, FindingSink&);
void check_kubernetes_secret(const File&, const Check&, FindingSink&);
void check_terraform_literal(const File&, const Check&, FindingSink&);

}  // namespace sluice::deploy
