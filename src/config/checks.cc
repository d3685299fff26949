#include "config/checks.h"

#include <array>

namespace sluice::config {
namespace {

constexpr std::array<Check, 27> rows = {{
    {"CFG001", "kind-conflict",
     "The override changes a mapping, list or plain value into another kind", Severity::high,
     "give the key the same kind in both files", check_kind_conflict},
    {"CFG002", "type-change", "The override changes the type of a plain value", Severity::medium,
     "give the value the base's type", check_type_change},
    {"CFG003", "unknown-key", "The override sets a key that the base does not know",
     Severity::medium, "add the key with its default to the base, or allow it under `open_keys`",
     check_unknown_key},
    {"CFG004", "duplicate-key", "A key stands twice in one mapping", Severity::high,
     "keep one of the two", check_duplicate_key},
    {"CFG005", "missing-mandatory", "An environment leaves out a value that it must give",
     Severity::medium, "give the key a value", check_missing_mandatory},
    {"CFG006", "unresolved-interpolation", "A value refers to a key that does not exist",
     Severity::high, "mend the reference, or add the key", check_unresolved_interpolation},
    {"CFG007", "interpolation-cycle", "A value refers to itself", Severity::high,
     "give one of the values on the way a text of its own", check_interpolation_cycle},
    {"CFG008", "null-override", "The override replaces a value by null", Severity::high,
     "take the key out to keep the base's value, or give it a value", check_null_override},
    {"CFG009", "list-replaced", "The override keeps some items of the base's list and drops the rest",
     Severity::low, "write the whole list, or say in the policy file that the loader joins lists",
     check_list_replaced},
    {"CFG010", "redundant-override", "The override says what the base says already", Severity::low,
     "take it out of the override", check_redundant_override},
    {"CFG011", "dead-base-value", "Every environment overrides the base's value", Severity::low,
     "write `???` or null there, so that nobody takes it for a default", check_dead_base_value},
    {"CFG012", "environment-parity", "Most environments give a key, this one does not",
     Severity::low, "give it here too, or put a default into the base",
     check_environment_parity},
    {"CFG013", "schema-violation", "The merged configuration breaks its JSON Schema", Severity::high,
     "correct the value, or the schema where it is out of date", check_schema_violation},
    {"CFG014", "ambiguous-scalar", "A value reads differently than it looks", Severity::low,
     "put it in quotes if it is a text", check_ambiguous_scalar},
    {"CFG015", "merge-key", "A merge key `<<` does not do what it seems to", Severity::medium,
     "name an anchor of a mapping: `<<: *name`", check_merge_key},
    {"CFG016", "several-documents", "The file holds several YAML documents", Severity::medium,
     "keep one document a file: take the `---` line away or split the file",
     check_several_documents},
    {"CFG017", "empty-file", "The file is empty", Severity::medium,
     "write `{}` if nothing differs from the base, or remove the file", check_empty_file},
    {"CFG018", "same-environment", "Two files are for the same environment", Severity::medium,
     "move the keys into one of them and remove the other", check_same_environment},
    {"CFG019", "no-base", "Environments without a base beside them", Severity::medium,
     "write the base with every key and its default", check_no_base},
    {"CFG020", "root-kind", "The file does not hold a mapping", Severity::high,
     "begin the file with `key: value`", check_root_kind},
    {"CFG021", "unreadable", "The file cannot be read as YAML", Severity::high,
     "mend the file at this place", check_unreadable},
    {"CFG022", "limit", "The file is too large, too deep or expands to too much to be checked",
     Severity::high, "make the file smaller or flatter", check_limits},
    {"CFG023", "key-type", "A key is no string", Severity::medium, "put the key in quotes",
     check_key_type},
    {"CFG024", "unsafe-tag", "A tag asks the loader to build an object of a program",
     Severity::high, "take the tag away and build the object in the program", check_unsafe_tag},
    {"CFG025", "ambiguous-layout", "Two files could be the base", Severity::low,
     "name the base in the policy file (`config: {base: ...}`), or remove the other file",
     check_ambiguous_layout},
    {"CFG026", "file-name", "Base and environment are named by different rules", Severity::medium,
     "spell both names alike", check_file_name},
    {"CFG031", "lost-keys", "An environment's parameters throw away keys of the base", Severity::low,
     "write them here, too; or have the parameters merged (`merge_strategy: {\"parameters\": \"soft\"}` in settings.py) and say "
     "`strategy: kedro-soft` in the policy file",
     check_lost_keys},
}};

}  // namespace

std::span<const Check> checks() { return rows; }

}  // namespace sluice::config
