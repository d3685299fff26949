#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace sluice::git {

/// The variable's value; nothing when it is unset or empty.
std::optional<std::string> environment(const char* name);

/// `path` itself when absolute, else below `base`.
std::string absolute_path(const std::string& path, const std::string& base);

/// The parts of a list as GIT_ALTERNATE_OBJECT_DIRECTORIES holds it: separated by `:`, a part that
/// starts with `"` is C-quoted (git(1)). Errors: invalid_input (quote that does not end).
Result<std::vector<std::string>> split_path_list(const std::string& list);

/// The pairs of GIT_CONFIG_COUNT, GIT_CONFIG_KEY_<n> and GIT_CONFIG_VALUE_<n>, in order, keys as
/// normal_key gives them. Errors: invalid_input.
Result<std::vector<std::pair<std::string, std::string>>> environment_configuration();

/// A configuration key with its section and name in lower case; the part between them keeps its
/// own.
std::string normal_key(const std::string& key);

}  // namespace sluice::git
