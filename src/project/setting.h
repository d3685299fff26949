#pragma once

#include <cstddef>
#include <string_view>

#include "project/files.h"

namespace sluice::project {

/// What a text does with a variable that it names.
struct Setting {
  bool gives = false;    ///< gives it a value or hands it on: `X=1`, `X: 1`, `- X`, `setenv("X", ...)`
  bool is_open = false;  ///< whoever starts it chooses: `$1`, `${{ inputs.x }}`, `var.x`
  /// The literal that it is given, or has where nobody gives one: `X=prod`, `getenv("X", "dev")`,
  /// `${X:-dev}`; empty when there is none. Borrows the text.
  std::string_view value;
};

/// Reads what stands around the variable's name at [`start`, `end`) of `text`, in the syntax of shells,
/// env files, Dockerfiles, YAML, JSON, Terraform and of the usual programming languages. What it does
/// not know gives nothing. Looks at no more than the next 200 bytes.
Setting setting_at(std::string_view text, std::size_t start, std::size_t end, FileRole role);

}  // namespace sluice::project
