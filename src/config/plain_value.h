#pragma once

#include <string>
#include <string_view>

#include "config/merged.h"

namespace sluice::config {

/// A scalar or null as JSON writes it, its type kept: `012` read as octal is `10`, a date or a text is
/// a string. What JSON cannot say (infinity, not a number) is a string, too.
std::string as_json(const document::Node& scalar);

/// The same for YAML, in a spelling that YAML 1.1 and 1.2 read alike.
std::string as_yaml(const document::Node& scalar);

/// `text` as a JSON string, quotes included. Valid in YAML, too.
std::string json_string(std::string_view text);

/// A value of any kind on one line, for a person; with `hide` a scalar is `[masked]`, and so are
/// passwords in URLs and long random words anyway, unless `redact` is false. What the environment
/// fills in later (`${VAR}`) is shown. At most `most` bytes.
std::string one_line(const Merged& value, bool hide, bool redact, std::size_t most);

}  // namespace sluice::config
