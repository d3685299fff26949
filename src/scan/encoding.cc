#include "scan/encoding.h"

#include <algorithm>
#include <cstdint>

#include "base/utf8.h"

namespace sluice::scan {
namespace {

struct Encoding {
  unsigned unit = 1;  // bytes a code unit
  bool big_endian = false;
  std::size_t mark = 0;  // bytes of byte order mark
};

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// Text of mostly ASCII in UTF-16 has its zero bytes all at odd places (little endian) or all at even ones.
Encoding guess_without_mark(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 1024);
  if (head.size() < 8 || bytes.size() % 2 != 0 || head.find('\0') == std::string_view::npos) return {};
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    even += head[i] == '\0';
    odd += head[i + 1] == '\0';
  }
  const std::size_t pairs = head.size() / 2;
  if (even == 0 && odd * 10 >= pairs * 7) return {2, false, 0};
  if (odd == 0 && even * 10 >= pairs * 7) return {2, true, 0};
  return {};
}

Encoding detect(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (starts_with(bytes, "\xEF\xBB\xBF")) return {1, false, 3};
  if (starts_with(bytes, "\xFF\xFE\0\0"sv)) return {4, false, 4};
  if (starts_with(bytes, "\0\0\xFE\xFF"sv)) return {4, true, 4};
  if (starts_with(bytes, "\xFF\xFE")) return {2, false, 2};
  if (starts_with(bytes, "\xFE\xFF")) return {2, true, 2};
  return guess_without_mark(bytes);
}

std::uint32_t unit_at(std::string_view bytes, std::size_t at, const Encoding& encoding) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < encoding.unit; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[at + i]);
    const unsigned shift = encoding.big_endian ? 8 * (encoding.unit - 1 - i) : 8 * i;
    value |= static_cast<std::uint32_t>(byte) << shift;
  }
  return value;
}

std::string transcode(std::string_view bytes, const Encoding& encoding) {
  std::string out;
  out.reserve(bytes.size() / encoding.unit + bytes.size() / 8);
  for (std::size_t at = encoding.mark; at + encoding.unit <= bytes.size(); at += encoding.unit) {
    std::uint32_t c = unit_at(bytes, at, encoding);
    const bool high = encoding.unit == 2 && c >= 0xD800 && c < 0xDC00;
    if (high && at + 4 <= bytes.size()) {
      const std::uint32_t low = unit_at(bytes, at + 2, encoding);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    const bool is_scalar = c <= 0x10FFFF && (c < 0xD800 || c >= 0xE000);
    base::append_utf8(out, is_scalar ? c : 0xFFFD);
  }
  return out;
}

}  // namespace

DecodedText::DecodedText(std::string_view bytes) : view_(bytes) {
  const Encoding encoding = detect(bytes);
  if (encoding.unit > 1) {
    transcoded_ = transcode(bytes, encoding);
    view_ = transcoded_;
    is_verbatim_ = false;
  } else {
    left_out_ = encoding.mark;
    view_.remove_prefix(left_out_);
    is_binary_ = view_.substr(0, 8000).find('\0') != std::string_view::npos;
  }
}

}  // namespace sluice::scan
