#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "report/shown.h"

namespace sluice::report {

/// Wraps text in ANSI colour, or does nothing when colour is off.
class Painter {
 public:
  explicit Painter(bool on) : on_(on) {}
  /// `style` is an SGR parameter list: `1;31`.
  std::string paint(std::string_view style, std::string_view text) const;

 private:
  bool on_;
};

/// Terminal columns that `text` takes: East Asian wide characters two, combining marks none.
std::size_t display_width(std::string_view text);

/// Where and how wide a source line is drawn.
struct Frame {
  std::size_t gutter = 4;   ///< columns for the line number
  std::size_t width = 100;  ///< of the whole line; longer lines are cut around the mark
  std::string_view caret_style = "1;31";
};

/// Two lines as compilers draw them: the numbered source line, and carets under what is marked.
/// Tabs become spaces and everything a terminal could act upon is escaped.
std::string draw_snippet(std::uint32_t line_number, const ShownLine& line, const Frame& frame,
                         const Painter& painter);

/// `text` escaped for the terminal and broken at spaces so that no line exceeds `width`, each line
/// with `indent` spaces in front; ends with a newline.
std::string wrap(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace sluice::report
