#include "document/lines.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace sluice::document {
namespace {

std::uint32_t narrow(std::size_t value) { return static_cast<std::uint32_t>(value); }

bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// The last start that is not behind `position`; `starts` begins with 0.
std::size_t line_holding(const std::vector<std::uint32_t>& starts, std::size_t position) {
  const auto next = std::upper_bound(starts.begin(), starts.end(), position);
  return static_cast<std::size_t>(next - starts.begin()) - 1;
}

}  // namespace

Lines::Lines(std::string text) : text_(std::move(text)), byte_starts_{0} {
  for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', end + 1)) {
    byte_starts_.push_back(narrow(end + 1));
  }
  if (base::count_code_points(text_) == text_.size() && base::is_valid_utf8(text_)) return;
  code_point_starts_.push_back(0);
  std::size_t code_points = 0;
  for (std::size_t line = 0; line + 1 < byte_starts_.size(); ++line) {
    const auto start = text_.begin() + byte_starts_[line];
    const auto end = text_.begin() + byte_starts_[line + 1];
    code_points += static_cast<std::size_t>(std::count_if(start, end, begins_code_point));
    code_point_starts_.push_back(narrow(code_points));
  }
}

std::size_t Lines::size() const {
  if (text_.empty()) return 0;
  return byte_starts_.size() - (text_.back() == '\n' ? 1 : 0);
}

std::string_view Lines::operator[](std::size_t index) const {
  if (index >= size()) return {};
  const std::size_t start = byte_starts_[index];
  const std::size_t end = index + 1 < byte_starts_.size() ? byte_starts_[index + 1] : text_.size();
  std::string_view line = std::string_view(text_).substr(start, end - start);
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Mark Lines::mark_of_code_point(std::size_t index) const {
  if (byte_starts_.empty()) return {};
  const auto& starts = code_point_starts_.empty() ? byte_starts_ : code_point_starts_;  // alike in ASCII
  const std::size_t line = line_holding(starts, index);
  return {narrow(line + 1), narrow(index - starts[line] + 1)};
}

Mark Lines::mark_of_code_point(std::size_t index, std::size_t& hint) const {
  constexpr std::size_t few = 4;
  const auto& starts = code_point_starts_.empty() ? byte_starts_ : code_point_starts_;  // alike in ASCII
  for (std::size_t line = hint; line < std::min(hint + few, starts.size()); ++line) {
    if (starts[line] > index) break;
    if (line + 1 < starts.size() && starts[line + 1] <= index) continue;
    hint = line;
    return {narrow(line + 1), narrow(index - starts[line] + 1)};
  }
  const Mark mark = mark_of_code_point(index);
  hint = mark.line - 1;
  return mark;
}

Mark Lines::mark_of_byte(std::size_t offset) const {
  if (byte_starts_.empty()) return {};
  offset = std::min(offset, text_.size());
  const std::size_t line = line_holding(byte_starts_, offset);
  const std::size_t start = byte_starts_[line];
  const std::string_view before = std::string_view(text_).substr(start, offset - start);
  return {narrow(line + 1), narrow(base::count_code_points(before) + 1)};
}

}  // namespace sluice::document
