#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice::decode {

/// How a part of a text hides another.
enum class Encoding : std::uint8_t {
  base64,            ///< RFC 4648, both alphabets, wrapped or not
  hex,               ///< pairs of hexadecimal digits
  percent,           ///< RFC 3986 section 2.1: %3D
  unicode_escape,    ///< \u003d and \x3d, as JSON, JavaScript and C write them
  html_escape,       ///< &#61; &#x3d; &quot;
  quoted_printable,  ///< RFC 2045 section 6.7: =3D and a `=` at a line's end
};

/// As a person calls it: `base64`, `percent encoding`.
std::string_view to_string(Encoding encoding);

/// Longer runs are read up to here.
inline constexpr std::size_t longest_run = 16u << 20;

/// A part [begin, end) of a text that stands for another text. Found at `anchor`; whether it is one, and
/// how far it reaches, depends on the bytes [look_begin, look_end) only, and on what lies around a text's ends
/// when `saw_begin` or `saw_end`.
struct EncodedRun {
  Encoding encoding = Encoding::base64;
  std::size_t anchor = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t look_begin = 0;
  std::size_t look_end = 0;
  bool saw_begin = false;
  bool saw_end = false;
  bool holds_secret = false;  ///< whoever looked into it says so

  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

/// Ordered by anchor, then by encoding.
using EncodedRuns = std::vector<EncodedRun>;

}  // namespace sluice::decode
