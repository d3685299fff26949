#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::structure {

/// A number below the bound given.
using Dice = std::function<std::size_t(std::size_t)>;

/// A text of `kind` that its check proves, and that opens nothing: numbers are drawn, not made. What `count`
/// means depends on the kind (docs/rules.md): characters in all, or in a line. Nothing for an unknown kind.
std::optional<std::string> make_sample(std::string_view kind, std::size_t count, const Dice& dice);

}  // namespace sluice::structure
