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
  FileKind kinds;           ///< of the files that it looks at
  /// Looks at one file; null for a check of several.
  void (*run)(const File& file, const Check& check, FindingSink& sink) = nullptr;
  /// Holds files against each other. Gets all that any such check looks at.
  void (*run_across)(std::span<const File> files, const Check& check, FindingSink& sink) = nullptr;

  bool looks_at(FileKind kind) const {
    return (static_cast<std::uint32_t>(kinds) & static_cast<std::uint32_t>(kind)) != 0;
  }
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
void check_python_fallback(const File&, const Check&, FindingSink&);
void check_python_env_file(const File&, const Check&, FindingSink&);
void check_airflow_literal(const File&, const Check&, FindingSink&);
void check_airflow_without_backend(const File&, const Check&, FindingSink&);
void check_data_tool_credentials(const File&, const Check&, FindingSink&);
void check_helm_values(const File&, const Check&, FindingSink&);
void check_terraform_state(const File&, const Check&, FindingSink&);
void check_iam_too_wide(const File&, const Check&, FindingSink&);
void check_literal_beside_references(const File&, const Check&, FindingSink&);
void check_foreign_reference(const File&, const Check&, FindingSink&);
void check_terraform_variables(const File&, const Check&, FindingSink&);
void check_notebook_credentials(const File&, const Check&, FindingSink&);
void check_compose_env_file(const File&, const Check&, FindingSink&);

// Those that hold several files against each other.
void check_secret_without_rotation(std::span<const File>, const Check&, FindingSink&);
void check_undeclared_reference(std::span<const File>, const Check&, FindingSink&);
void check_undocumented_secret(std::span<const File>, const Check&, FindingSink&);
void check_role_without_access(std::span<const File>, const Check&, FindingSink&);

}  // namespace sluice::deploy
