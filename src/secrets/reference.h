#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sluice::secrets {

/// Where a secret is kept: `scheme://name#json.key?option=value`. Holds no secret.
struct Reference {
  std::string scheme;  ///< one of `schemes()`
  std::string name;    ///< of the secret, as its provider knows it
  std::string
      key;  ///< of a JSON secret: names of members, joined by dots; empty for the whole secret
  std::string
      version;  ///< `?version=`: a stage (AWSPENDING) or version id; empty for the current one

  std::string to_string() const;
  friend bool operator==(const Reference&, const Reference&) = default;
};

/// Schemes that references may have, for messages and checks.
const std::vector<std::string_view>& schemes();

/// True when `text` begins like a reference, so that it must be one.
bool is_reference(std::string_view text);

/// Reads a reference. Errors: invalid_input when the name is missing, holds white space or control
/// characters, is no name of a variable (`env://`) or not in two parts (`gcp-sm://`, `azure-kv://`), or when a part is empty or unknown. No error
/// repeats `text`, which might be a secret that was pasted behind the scheme.
Result<Reference> parse_reference(std::string_view text);

}  // namespace sluice::secrets
