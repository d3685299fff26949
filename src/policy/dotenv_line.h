#pragma once

#include <optional>
#include <string_view>

namespace sluice::policy {

/// An assignment in an env file, as views into its line.
struct DotenvAssignment {
  std::string_view key;
  std::string_view value;  ///< without quotes, trailing comment and spaces around it
  bool commented = false;  ///< the line is a comment that holds an assignment
};

/// Reads `KEY=value`, `export KEY="value" # comment`, `KEY: value` or `# KEY=value`, the forms that
/// dotenv readers take (the last one people use for what is optional). A value whose quote does not
/// end on its line runs to the end of the line. Nothing for other lines.
std::optional<DotenvAssignment> read_assignment(std::string_view line);

}  // namespace sluice::policy
