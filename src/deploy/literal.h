#pragma once

#include "deploy/checks.h"
#include "deploy/file.h"

namespace sluice::deploy {

/// True when `key` names a secret and `value` is one: a password in an URL counts under any key.
bool is_secret_literal(std::string_view key, const document::Node& value);

/// Reports each entry of `mapping` for which that is so; in a list, each `KEY=value` and each
/// `{name: K, value: V}`.
void report_literals(const document::Node& mapping, const File& file, const Check& check,
                     FindingSink& sink);

/// Reports the literal `value` of `key`.
void report_literal(std::string_view key, const document::Node& value, const File& file,
                    const Check& check, FindingSink& sink);

}  // namespace sluice::deploy
