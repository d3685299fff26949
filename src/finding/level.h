#pragma once

#include <optional>
#include <string_view>

namespace sluice {

/// How bad a finding is if it is true.
enum class Severity { low, medium, high, critical };

/// How likely a finding is true.
enum class Confidence { low, medium, high };

std::string_view to_string(Severity severity);
std::string_view to_string(Confidence confidence);

/// The level of that name (`low`, `medium`, `high`, `critical`), or nothing.
std::optional<Severity> parse_severity(std::string_view name);
std::optional<Confidence> parse_confidence(std::string_view name);

}  // namespace sluice
