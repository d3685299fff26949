#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace sluice::base {

/// Tells most names from those with one of a few endings, ignoring ASCII case, by their last two bytes alone: for
/// what is asked of every path of a tree. It may be wrong when it says yes, never when it says no.
class EndingFilter {
 public:
  /// Of at least two bytes each.
  constexpr EndingFilter(std::initializer_list<std::string_view> endings) {
    for (const std::string_view ending : endings) {
      const unsigned number = number_of(ending);
      bits_[number / 64] |= std::uint64_t{1} << number % 64;
    }
  }

  constexpr bool may_end(std::string_view name) const {
    if (name.size() < 2) return false;
    const unsigned number = number_of(name);
    return (bits_[number / 64] >> number % 64 & 1) != 0;
  }

 private:
  // Letters of both cases are alike in all bits but one.
  static constexpr unsigned number_of(std::string_view name) {
    const auto folded = [](char c) { return static_cast<unsigned char>(c) | 0x20u; };
    return (folded(name[name.size() - 2]) * 37 + folded(name[name.size() - 1])) % 1024;
  }

  std::array<std::uint64_t, 16> bits_{};
};

}  // namespace sluice::base
