#pragma once

#include <string_view>

namespace sluice::judge {

/// The bytes of model.bin (laid out as model.h says), aligned to eight.
std::string_view model_bytes();

}  // namespace sluice::judge
