#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "judge/characters.h"

namespace sluice::judge {

/// A place in a text that knows how far around it anybody looked. Behind either end of the text it
/// reads a line end.
class Peek {
 public:
  Peek(std::string_view text, std::size_t at) : text_(text), at_(at), least_(at), most_(at) {}

  /// The byte `by` places ahead.
  char ahead(std::size_t by = 0) {
    const std::size_t place = at_ + by;
    if (place >= text_.size()) {
      saw_end_ = true;
      most_ = text_.size();
      return '\n';
    }
    most_ = std::max(most_, place + 1);
    return text_[place];
  }

  /// The byte before `place`.
  char before(std::size_t place) {
    if (place == 0) {
      saw_begin_ = true;
      least_ = 0;
      return '\n';
    }
    least_ = std::min(least_, place - 1);
    return text_[place - 1];
  }

  bool ahead_is(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (to_lower(ahead(i)) != text[i]) return false;
    }
    return true;
  }

  void move(std::size_t by = 1) { at_ += by; }
  void move_to(std::size_t place) { at_ = place; }

  /// Goes on while bytes are of `classes`, at most `most` of them; how many there were.
  std::size_t skip(unsigned classes, std::size_t most) {
    std::size_t count = 0;
    while (count < most && is(ahead(), classes) && !is_over()) {
      ++at_;
      ++count;
    }
    return count;
  }

  bool skip(std::string_view text) {
    if (!ahead_is(text)) return false;
    at_ += text.size();
    return true;
  }

  bool is_over() const { return at_ >= text_.size(); }
  std::size_t at() const { return at_; }
  std::size_t least() const { return least_; }
  std::size_t most() const { return most_; }
  bool saw_begin() const { return saw_begin_; }
  bool saw_end() const { return saw_end_; }

 private:
  std::string_view text_;
  std::size_t at_;
  std::size_t least_;
  std::size_t most_;
  bool saw_begin_ = false;
  bool saw_end_ = false;
};

}  // namespace sluice::judge
