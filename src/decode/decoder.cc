#include "decode/decoder.h"

#include "base/radix.h"
#include "base/utf8.h"
#include "decode/escapes.h"

namespace sluice::decode {
namespace {

// Digits of a run, joined; what stands between lines is skipped.
Decoded join_digits(std::string_view text, const EncodedRun& run, unsigned bits, int (*digit)(char)) {
  Decoded decoded;
  std::uint32_t held = 0;
  unsigned count = 0;
  std::size_t first = run.begin;  // the digit that the byte in the making began with
  for (std::size_t at = run.begin; at < run.end; ++at) {
    if (text[at] == '\\') {
      ++at;
      continue;
    }
    const int value = digit(text[at]);
    if (value < 0) continue;
    if (count == 0) first = at;
    held = held << bits | static_cast<std::uint32_t>(value);
    count += bits;
    if (count < 8) continue;
    count -= 8;
    decoded.text += static_cast<char>(held >> count & 0xFF);
    decoded.from.push_back(static_cast<std::uint32_t>(first - run.begin));
    first = at;
  }
  decoded.from.push_back(static_cast<std::uint32_t>(run.end - run.begin));
  decoded.changed.assign(decoded.text.size(), true);
  return decoded;
}

bool is_single_byte(const Escape& escape, Encoding encoding) {
  if (encoding == Encoding::percent || encoding == Encoding::quoted_printable) return true;
  return encoding == Encoding::unicode_escape && escape.size == 4;
}

Decoded replace_escapes(std::string_view text, const EncodedRun& run) {
  Decoded decoded;
  const std::string_view bounded = text.substr(0, run.end);
  for (std::size_t at = run.begin; at < run.end;) {
    const auto escape = escape_at(bounded, at, run.encoding);
    const std::size_t before = decoded.text.size();
    if (!escape) {
      decoded.text += text[at];
    } else if (!escape->is_nothing) {
      if (is_single_byte(*escape, run.encoding)) {
        decoded.text += static_cast<char>(escape->code_point);
      } else {
        base::append_utf8(decoded.text, escape->code_point);
      }
    }
    decoded.from.resize(decoded.text.size(), static_cast<std::uint32_t>(at - run.begin));
    decoded.changed.resize(decoded.text.size(), escape.has_value());
    // A line break left out joins what it stood between.
    if (escape && escape->is_nothing && before > 0) decoded.changed[before - 1] = true;
    at += escape ? escape->size : 1;
  }
  decoded.from.push_back(static_cast<std::uint32_t>(run.end - run.begin));
  return decoded;
}

}  // namespace

Decoded decode(std::string_view text, const EncodedRun& run) {
  switch (run.encoding) {
    case Encoding::base64: return join_digits(text, run, 6, [](char c) { return base::base64_digit(c); });
    case Encoding::hex: return join_digits(text, run, 4, [](char c) { return base::hex_digit(c); });
    default: return replace_escapes(text, run);
  }
}

}  // namespace sluice::decode
