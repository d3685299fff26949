#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/merged.h"
#include "finding/audit.h"

namespace sluice::config {

/// A key at any depth and its value in each of several configurations; null where it has none. A
/// list is one value.
struct Row {
  std::string key;  ///< dotted
  bool is_secret = false;
  std::vector<const Merged*> values;
};

/// The keys of all `configurations` whose values are no mappings with keys of their own, in order of
/// first appearance. Borrows them.
std::vector<Row> rows(const std::vector<const Merged*>& configurations);

/// True when both are missing, or the same by kind, type and content.
bool is_equal(const Merged* a, const Merged* b);

/// A table for a person: what differs between two environments, with the place of each value.
std::string diff_table(const Merged& left, const Merged& right, const std::string& left_name,
                       const std::string& right_name, bool redact);

/// Every key and environment. A cell is the same where the base's value holds, a hole where there is none;
/// a column that equals an earlier one as a whole says so in its name. At most `most_rows` rows.
Table matrix(const std::vector<const Merged*>& configurations, const std::vector<std::string>& names,
             bool redact, std::size_t most_rows);

/// The same as text: `=` where the base's value holds, `·` where there is none.
std::string matrix_table(const std::vector<const Merged*>& configurations,
                         const std::vector<std::string>& names, bool redact);

/// How `key` (dotted, `jobs[1].image` for what lies in a list) got its value: each file that gives one, the last being what counts. Nothing
/// when there is no such key; then `near` is the nearest one, if any.
std::optional<std::string> why(const Merged& root, const std::string& key, bool redact,
                               std::string& near);

}  // namespace sluice::config
