#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sluice::git {

/// One variable of a configuration file.
struct ConfigEntry {
  std::string key;                   ///< as normal_key gives it: `remote.Origin.url`
  std::optional<std::string> value;  ///< nothing for a key without `=`, which means true
};

/// The variables of a configuration file (git-config(1), "Syntax"), in its order. `where` is for errors.
/// Errors: corrupt, with `where:line`.
Result<std::vector<ConfigEntry>> parse_config(std::string_view text, const std::string& where);

/// What Git takes for true or false: `yes`, `on`, `true`, any number but 0; nothing for what is neither.
std::optional<bool> parse_config_bool(const ConfigEntry& entry);

}  // namespace sluice::git
