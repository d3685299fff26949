#pragma once

#include <span>
#include <string_view>

#include "report/reporter.h"

namespace sluice::report {

/// Every format, in the order of the help; the first is the default.
std::span<const Format> formats();

/// The format of that name, or null.
const Format* find_format(std::string_view name);

/// The format that the ending of `path` asks for (any case), or null.
const Format* format_for_file(std::string_view path);

}  // namespace sluice::report
