#pragma once

#include <span>
#include <string_view>

#include "config/reporter.h"
#include "config/subject.h"

namespace sluice::config {

/// One check: a row in checks.cc and a function in checks/<name>.cc.
struct Check {
  std::string_view id;      ///< stable: `CFG001`
  std::string_view name;    ///< for people and for docs: `kind-conflict`
  std::string_view help;    ///< one line: what is wrong
  Severity severity;        ///< unless Options says otherwise
  std::string_view remedy;  ///< what to do, when the check has nothing more exact to say
  void (*run)(const Subject& subject, Reporter& reporter);
};

/// Every check, in order of id. Lives as long as the program.
std::span<const Check> checks();

// The functions of the rows. Each looks at one folder and reports what it finds.
void check_kind_conflict(const Subject&, Reporter&);
void check_type_change(const Subject&, Reporter&);
void check_unknown_key(const Subject&, Reporter&);
void check_duplicate_key(const Subject&, Reporter&);
void check_missing_mandatory(const Subject&, Reporter&);
void check_unresolved_interpolation(const Subject&, Reporter&);
void check_interpolation_cycle(const Subject&, Reporter&);
void check_null_override(const Subject&, Reporter&);
void check_list_replaced(const Subject&, Reporter&);
void check_redundant_override(const Subject&, Reporter&);
void check_dead_base_value(const Subject&, Reporter&);
void check_environment_parity(const Subject&, Reporter&);
void check_schema_violation(const Subject&, Reporter&);
void check_ambiguous_scalar(const Subject&, Reporter&);
void check_merge_key(const Subject&, Reporter&);
void check_several_documents(const Subject&, Reporter&);
void check_empty_file(const Subject&, Reporter&);
void check_same_environment(const Subject&, Reporter&);
void check_no_base(const Subject&, Reporter&);
void check_root_kind(const Subject&, Reporter&);
void check_unreadable(const Subject&, Reporter&);
void check_limits(const Subject&, Reporter&);
void check_key_type(const Subject&, Reporter&);
void check_unsafe_tag(const Subject&, Reporter&);
void check_ambiguous_layout(const Subject&, Reporter&);
void check_file_name(const Subject&, Reporter&);
void check_lost_keys(const Subject&, Reporter&);

}  // namespace sluice::config
