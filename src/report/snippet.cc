#include "report/snippet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace sluice::report {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Unicode 15, EastAsianWidth.txt, W and F, in blocks.
constexpr std::array<Range, 11> wide = {{{0x1100, 0x115F},
                                         {0x2E80, 0x303E},
                                         {0x3041, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFE30, 0xFE6F},
                                         {0xFF00, 0xFF60},
                                         {0xFFE0, 0xFFE6},
                                         {0x1F300, 0x1F64F},
                                         {0x1F900, 0x1F9FF},
                                         {0x20000, 0x3FFFD}}};

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

std::uint32_t code_point(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 1) return first;
  std::uint32_t value = first & (0x7Fu >> sequence.size());
  for (const char c : sequence.substr(1)) {
    value = value << 6 | (static_cast<unsigned char>(c) & 0x3Fu);
  }
  return value;
}

std::size_t width_of(std::string_view sequence) {
  const std::uint32_t c = code_point(sequence);
  if (c < 0x300) return 1;
  if (c <= 0x36F) return 0;
  const bool is_wide = std::any_of(wide.begin(), wide.end(), [c](const Range& range) {
    return c >= range.first && c <= range.last;
  });
  return is_wide ? 2 : 1;
}

std::string printable(std::string_view text) {
  if (text.find('\t') == std::string_view::npos) return base::escape_for_terminal(text);
  std::string spaced;
  for (const char c : text) {
    if (c == '\t') {
      spaced += "    ";
    } else {
      spaced += c;
    }
  }
  return base::escape_for_terminal(spaced);
}

std::string padded(std::uint32_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), ' ') + digits;
}

// The longest start of `text` that fits `width` columns.
std::string_view head(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < text.size()) {
    const std::size_t length = base::code_point_length(text.substr(at));
    used += width_of(text.substr(at, length));
    if (used > width) break;
    at += length;
  }
  return text.substr(0, at);
}

std::string cut_right(const std::string& text, std::size_t width) {
  if (display_width(text) <= width) return text;
  return std::string(head(text, width > 0 ? width - 1 : 0)) + std::string(ellipsis);
}

std::string cut_left(const std::string& text, std::size_t width) {
  const std::size_t total = display_width(text);
  if (total <= width) return text;
  const std::string_view dropped = head(text, total - width + 1);
  return std::string(ellipsis) + text.substr(dropped.size());
}

}  // namespace

std::string Painter::paint(std::string_view style, std::string_view text) const {
  if (!on_ || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", style, text);
}

std::size_t display_width(std::string_view text) {
  if (base::count_code_points(text) == text.size()) return text.size();
  std::size_t width = 0;
  while (!text.empty()) {
    const std::size_t length = base::code_point_length(text);
    width += width_of(text.substr(0, length));
    text.remove_prefix(length);
  }
  return width;
}

std::string draw_snippet(std::uint32_t line_number, const ShownLine& line, const Frame& frame,
                         const Painter& painter) {
  const std::size_t room = std::max<std::size_t>(frame.width, frame.gutter + 43) - frame.gutter - 3;
  const std::string marked = cut_right(printable(line.marked), room * 2 / 3);
  const std::size_t left = room - display_width(marked);
  const std::string full_after = printable(line.after);
  const std::size_t after_share = std::min(display_width(full_after), left / 3);
  const std::string before = cut_left(printable(line.before), left - after_share);
  const std::string after = cut_right(full_after, left - display_width(before));
  const std::string bar = " " + painter.paint("2", "|") + " ";
  const std::size_t carets = std::max<std::size_t>(display_width(marked), 1);
  std::string drawn = painter.paint("2", padded(line_number, frame.gutter)) + bar + before;
  drawn += painter.paint(frame.caret_style, marked);
  drawn += after;
  drawn.append(1, '\n').append(frame.gutter, ' ').append(bar).append(display_width(before), ' ');
  drawn += painter.paint(frame.caret_style, std::string(carets, '^'));
  return drawn += '\n';
}

std::string wrap(std::string_view text, std::size_t indent, std::size_t width) {
  const std::string safe = base::escape_for_terminal(text);
  const std::string margin(indent, ' ');
  std::string out = margin;
  if (!safe.starts_with(' ') && indent + display_width(safe) <= width) return out + safe + "\n";
  std::size_t used = indent;
  for (const std::string_view word : base::split(safe, ' ')) {
    const std::size_t size = display_width(word);
    if (used > indent && used + 1 + size > width) {
      out += "\n" + margin;
      used = indent;
    } else if (used > indent) {
      out += ' ';
      ++used;
    }
    out += word;
    used += size;
  }
  return out + "\n";
}

}  // namespace sluice::report
