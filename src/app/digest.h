#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::app {

/// A digest of several values, no two lists of which look the same to it: each goes in with its length.
class Digest {
 public:
  void add(std::string_view text);
  void add(std::uint64_t number);
  template <class Texts>
  void add_all(const Texts& texts) {
    add(std::uint64_t{texts.size()});
    for (const auto& text : texts) add(std::string_view(text));
  }

  /// 32 hexadecimal digits, of SHA-256.
  std::string hex() const;

 private:
  std::string bytes_;
};

}  // namespace sluice::app
