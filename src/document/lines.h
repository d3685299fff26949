#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::document {

/// A position: line and column start at 1, columns count Unicode code points.
struct Mark {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// A text and where its lines are. Lines end at `\n`, as Git and editors count them; a `\r` before
/// it belongs to the line end. Owns the text; views into it live as long as this object.
class Lines {
 public:
  Lines() = default;
  /// `text` is UTF-8 of less than 4 GiB.
  explicit Lines(std::string text);

  const std::string& text() const { return text_; }

  /// How many lines there are: a final line end starts no further line.
  std::size_t size() const;
  bool empty() const { return size() == 0; }

  /// Line `index` (0 is line 1) without its end; empty when there is no such line.
  std::string_view operator[](std::size_t index) const;

  /// The position of the code point with that index, in logarithmic time.
  Mark mark_of_code_point(std::size_t index) const;

  /// The same in constant time where the position is on line `hint` (0 is line 1) or one of the next few;
  /// sets `hint` to its line.
  Mark mark_of_code_point(std::size_t index, std::size_t& hint) const;

  /// The position of that byte; takes time linear in its line's length.
  Mark mark_of_byte(std::size_t offset) const;

 private:
  std::string text_;
  std::vector<std::uint32_t> byte_starts_;
  std::vector<std::uint32_t> code_point_starts_;
};

}  // namespace sluice::document
