#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// One assignment of an env file.
struct DotenvEntry {
  std::string key;
  SecureBytes value;
  std::size_t line = 0;  ///< 1-based
};

/// Reads an env file: `KEY=value`, `export KEY=value`, `KEY="two\nlines"` (escapes `\n \r \t \"
/// \\ \$`; may go over several lines), `KEY='as it is'`, `# comment`, `KEY=value # comment`.
/// Nothing is executed and `$` is a character like any other. Of a key that stands twice the last
/// counts. `path` names the file in errors, which never hold a value. Errors: invalid_input
/// (`path:line`: a line without `=`, a key that is no name of a variable, an open quote, text
/// behind a closing quote, a NUL).
Result<std::vector<DotenvEntry>> parse_dotenv(std::string_view text, const std::string& path);

/// Reads an env file that only its owner may read. At most 1 MiB.
/// Errors: not_found; refused (others may read or write it, it belongs to somebody else, it is no
/// regular file); limit_exceeded; io; and those of parse_dotenv.
Result<std::vector<DotenvEntry>> read_dotenv(const std::string& path);

}  // namespace sluice::secrets
