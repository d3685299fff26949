#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "document/node.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// The secrets of a configuration by the scalar that holds their reference. A scalar that is not in
/// it stays as it is, a reference too.
using Values = std::unordered_map<const document::Node*, SecureBytes>;

/// Where a value comes from, for a comment behind it: `config_prod.yaml:12`. Empty: no comment.
using Origins = std::function<std::string(const document::Node&)>;

/// `root` as YAML that PyYAML and readers of YAML 1.2 take alike (config/plain_value.h). A secret is
/// always a text in quotes. Merge keys must be applied already (config::merged does). Errors: none
/// so far.
Result<SecureBytes> render_yaml(const document::Node& root, const Values& values,
                                const Origins& origins = {});

/// `root` as JSON on one line a key, typed as PyYAML types it: numbers in decimal, timestamps and
/// values with a tag of the application as strings. Errors: unsupported (an infinite or undefined
/// number).
Result<SecureBytes> render_json(const document::Node& root, const Values& values);

/// As render_json, without line breaks: for a value of its own.
Result<SecureBytes> render_compact_json(const document::Node& root, const Values& values);

/// Appends `text` as a JSON string. Invalid UTF-8 becomes U+FFFD.
void append_json_string(SecureBytes& out, std::string_view text);

}  // namespace sluice::secrets
