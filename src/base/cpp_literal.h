#pragma once

#include <string>
#include <string_view>

namespace sluice::base {

/// C++ source of a std::string_view literal that is `text`, any bytes, in ASCII.
std::string cpp_literal(std::string_view text);

}  // namespace sluice::base
