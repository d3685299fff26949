#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sluice::document {

/// `bytes` as UTF-8 without byte order mark; UTF-16 is recognised by its mark (YAML 1.1,
/// section 5.2). The result is valid UTF-8. Errors: invalid_input (`path:line:column`) for anything
/// else.
Result<std::string> decode_text(std::string_view bytes, const std::string& path);

}  // namespace sluice::document
