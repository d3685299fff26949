#pragma once

#include <string_view>

namespace sluice::app {

inline constexpr std::string_view version = SLUICE_VERSION;

}  // namespace sluice::app
