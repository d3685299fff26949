#pragma once

#include <string>
#include <string_view>

#include "config/folder.h"

namespace sluice::config {

/// `key: value` as the format of `source` writes it: `"key": value` in JSON, `key = value` in TOML and INI.
std::string spelled(const Source& source, std::string_view key, std::string_view value);

/// The key alone, up to what divides it from its value: `key:`, `"key":`, `key =`.
std::string spelled_key(const Source& source, std::string_view key);

}  // namespace sluice::config
