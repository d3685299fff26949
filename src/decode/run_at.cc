#include "decode/run_at.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/radix.h"
#include "decode/escapes.h"
#include "decode/run_bytes.h"

namespace sluice::decode {
namespace {

// Escapes no further apart than this belong to one run, which takes in what stands so near to them.
constexpr std::size_t escape_gap = 160;
// The line before a wrapped one is looked at this far.
constexpr std::size_t lookback = 160;
constexpr std::size_t most_indent = 64;

static_assert(escape_gap + 16 <= anchor_reach && lookback + most_indent <= anchor_reach);
static_assert(least_run + 4 < anchor_size);

bool is_text_byte(std::uint32_t byte) { return (byte >= 0x20 && byte < 0x7F) || byte == '\n' || byte == '\r' || byte == '\t'; }

// Whether bytes look like the start of what is worth decoding: ASCII, the same in UTF-16, gzip, zlib or
// zip.
bool begins_well(const std::array<std::uint8_t, 12>& head) {
  if (std::all_of(head.begin(), head.end(), [](std::uint8_t byte) { return is_text_byte(byte); })) return true;
  if (head[0] == 0x1F && head[1] == 0x8B && head[2] == 8) return true;
  if (head[0] == 0x78 && (head[1] == 0x01 || head[1] == 0x5E || head[1] == 0x9C || head[1] == 0xDA)) return true;
  if (head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) return true;
  std::size_t at = head[0] == 0xFF && head[1] == 0xFE ? 2 : 0;
  for (; at < head.size(); at += 2) {
    if (!is_text_byte(head[at]) || head[at + 1] != 0) return false;
  }
  return true;
}

bool begins_well_in_base64(std::string_view run) {
  std::array<std::uint8_t, 12> head{};
  for (std::size_t i = 0; i < 4; ++i) {
    std::uint32_t four = 0;
    for (std::size_t j = 0; j < 4; ++j) four = four << 6 | static_cast<std::uint32_t>(base::base64_digit(run[4 * i + j]));
    head[3 * i] = static_cast<std::uint8_t>(four >> 16);
    head[3 * i + 1] = static_cast<std::uint8_t>(four >> 8);
    head[3 * i + 2] = static_cast<std::uint8_t>(four);
  }
  return begins_well(head);
}

bool begins_well_in_hex(std::string_view run) {
  std::array<std::uint8_t, 12> head{};
  for (std::size_t i = 0; i < 12; ++i) {
    head[i] = static_cast<std::uint8_t>(base::hex_digit(run[2 * i]) << 4 | base::hex_digit(run[2 * i + 1]));
  }
  return begins_well(head);
}

// As they are, and as source code writes them.
constexpr std::string_view line_ends[] = {"\r\n", "\n", "\\r\\n", "\\n"};

// Knows one text and what was looked at.
class Reader {
 public:
  Reader(std::string_view text, std::size_t anchor) : text_(text) { look(anchor, anchor + 1); }

  char at(std::size_t place) { return text_[place]; }
  std::size_t size() const { return text_.size(); }

  // [begin, end) and the bytes on either side had a say.
  void look(std::size_t begin, std::size_t end) {
    if (begin == 0) saw_begin_ = true;
    if (end >= text_.size()) saw_end_ = true;
    begin_ = std::min(begin_, begin == 0 ? 0 : begin - 1);
    end_ = std::max(end_, std::min(text_.size(), end + 1));
  }

  EncodedRun run(Encoding encoding, std::size_t anchor, std::size_t begin, std::size_t end) {
    look(begin, end);
    return {encoding, anchor, begin, end, begin_, end_, saw_begin_, saw_end_, false};
  }

 private:
  std::string_view text_;
  std::size_t begin_ = static_cast<std::size_t>(-1);
  std::size_t end_ = 0;
  bool saw_begin_ = false;
  bool saw_end_ = false;
};

// Behind the line's end at `at` and the next one's indentation, or nothing when no line ends there.
std::optional<std::size_t> next_line(std::string_view text, std::size_t at) {
  const auto stands_there = [&](std::string_view end) { return text.substr(at, end.size()) == end; };
  const auto end = std::find_if(std::begin(line_ends), std::end(line_ends), stands_there);
  if (end == std::end(line_ends)) return std::nullopt;
  at += end->size();
  const std::size_t limit = at + std::min(most_indent, text.size() - at);
  while (at < limit && is(text[at], is_blank)) ++at;
  return at;
}

// Whether nothing but digits is on the line that ends at `at`, as far as what follows tells.
bool ends_line(std::string_view text, std::size_t at) {
  for (int i = 0; i < 2 && at < text.size() && text[at] == '='; ++i) ++at;
  return at == text.size() || text[at] == '\n' || text[at] == '\r' || text[at] == '"' || text[at] == '\'' ||
         text[at] == '\\';
}

// Whether the digits at `begin` go on from the line before, of which they are part then.
bool continues_line(std::string_view text, std::size_t begin) {
  const std::size_t floor = begin - std::min(lookback + most_indent, begin);
  std::size_t at = begin;
  while (at > floor && begin - at < most_indent && is(text[at - 1], is_blank)) --at;
  const std::string_view before = text.substr(0, at);
  const auto end = std::find_if(std::begin(line_ends), std::end(line_ends),
                                [&](std::string_view one) { return before.ends_with(one); });
  if (end == std::end(line_ends)) return false;
  at -= end->size();
  std::size_t digits = 0;
  while (at > floor && digits < least_run && is(text[at - 1], is_base64)) {
    --at;
    ++digits;
  }
  return digits == least_run;
}

// Behind the last of the lines of digits that begin at `begin`, and their padding.
std::size_t wrapped_end(std::string_view text, std::size_t begin) {
  std::size_t end = digits_end(text, begin, is_base64);
  std::size_t line = end - begin;
  while (line >= least_run && line % 4 == 0 && end - begin < longest_run) {
    const auto next = next_line(text, end);
    if (!next) break;
    const std::size_t next_end = digits_end(text, *next, is_base64);
    if (next_end == *next || !ends_line(text, next_end)) break;
    line = next_end - *next;
    end = next_end;
  }
  for (int i = 0; i < 2 && end < text.size() && text[end] == '='; ++i) ++end;
  return end;
}

std::optional<EncodedRun> base64_at(std::string_view text, std::size_t anchor) {
  if (anchor > 0 && is(text[anchor - 1], is_base64)) return std::nullopt;
  const std::size_t first = digits_end(text.substr(0, std::min(text.size(), anchor + least_run)), anchor, is_base64);
  if (first - anchor < least_run || !begins_well_in_base64(text.substr(anchor))) return std::nullopt;
  if (continues_line(text, anchor)) return std::nullopt;
  Reader reader(text, anchor);
  reader.look(anchor - std::min(lookback + most_indent, anchor), anchor);
  const std::size_t end = wrapped_end(text, anchor);
  // Whether another line follows is told from all of that line.
  const std::size_t next = next_line(text, end).value_or(end);
  reader.look(anchor, digits_end(text, next, is_base64) + 3);
  return reader.run(Encoding::base64, anchor, anchor, end);
}

std::optional<EncodedRun> hex_at(std::string_view text, std::size_t anchor) {
  if (anchor > 0 && is(text[anchor - 1], is_hex)) return std::nullopt;
  const std::size_t first = digits_end(text.substr(0, std::min(text.size(), anchor + least_run)), anchor, is_hex);
  if (first - anchor < least_run || !begins_well_in_hex(text.substr(anchor))) return std::nullopt;
  const std::size_t end = digits_end(text, anchor, is_hex);
  Reader reader(text, anchor);
  // 0x before it, and what is before that, had a say.
  reader.look(anchor - std::min<std::size_t>(2, anchor), end);
  return reader.run(Encoding::hex, anchor, anchor, end - (end - anchor) % 2);
}

// An escape that is rarely anything else. A quoted-printable text writes each `=` as =3D; other things behind
// a `=` are code. Escapes of control characters are a program's, not a text's; `&amp;` and the like are HTML itself.
bool is_anchor(std::string_view text, std::size_t at, Encoding encoding) {
  const auto escape = escape_at(text, at, encoding);
  if (!escape) return false;
  if (encoding == Encoding::quoted_printable) return escape->code_point == '=' && escape->size == 3;
  if (encoding == Encoding::html_escape && text[at + 1] != '#' && text[at + 1] != 'q') return false;
  return escape->code_point >= 0x20 && escape->code_point < 0x7F;
}

bool is_of_run(char c, Encoding encoding) {
  if (is(c, is_word)) return true;
  return encoding == Encoding::quoted_printable && (c == ' ' || c == '\n' || c == '\r');
}

}  // namespace

std::optional<EncodedRun> digits_at(std::string_view text, std::size_t at) {
  const bool is_prefixed = text[at] == '0' && (text[at + 1] == 'x' || text[at + 1] == 'X');
  if (const auto run = hex_at(text, is_prefixed ? at + 2 : at)) return run;
  return base64_at(text, at);
}

std::optional<EncodedRun> escapes_at(std::string_view text, std::size_t anchor, Encoding encoding) {
  if (!is_anchor(text, anchor, encoding)) return std::nullopt;
  const char lead = lead_of(encoding);
  std::size_t begin = anchor;
  for (const std::size_t floor = anchor - std::min(escape_gap, anchor); begin > floor && is_of_run(text[begin - 1], encoding); --begin) {
    // The first of several near each other is the anchor of them all.
    if (text[begin - 1] == lead && is_anchor(text, begin - 1, encoding)) return std::nullopt;
  }
  std::size_t end = anchor;
  for (std::size_t last = anchor; end < text.size() && end - last <= escape_gap && end - begin < longest_run && is_of_run(text[end], encoding); ++end) {
    if (text[end] == lead && is_anchor(text, end, encoding)) last = end;
  }
  Reader reader(text, anchor);
  reader.look(begin, std::min(text.size(), end + 12));
  return reader.run(encoding, anchor, begin, end);
}

std::optional<EncodedRun> run_at(std::string_view text, std::size_t anchor, Encoding encoding) {
  switch (encoding) {
    case Encoding::base64:
      if (anchor > 0 && is(text[anchor - 1], is_base64)) return std::nullopt;
      if (hex_at(text, anchor)) return std::nullopt;
      return base64_at(text, anchor);
    case Encoding::hex: {
      // As find_runs() comes to it: at the digits' start, or behind 0x.
      const bool is_start = anchor == 0 || !is(text[anchor - 1], is_base64);
      const bool is_prefixed = anchor > 1 && text[anchor - 2] == '0' && (text[anchor - 1] == 'x' || text[anchor - 1] == 'X') &&
                               (anchor == 2 || !is(text[anchor - 3], is_base64));
      return is_start || is_prefixed ? hex_at(text, anchor) : std::nullopt;
    }
    default: return escapes_at(text, anchor, encoding);
  }
}

}  // namespace sluice::decode
