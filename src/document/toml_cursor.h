#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "document/begin.h"
#include "document/node.h"
#include "document/outline.h"

namespace sluice::document {

/// A place in a TOML text that moves on, and what can be read at it without knowing tables: blanks,
/// comments and texts in quotes.
class TomlCursor {
 protected:
  /// Borrows `document`.
  TomlCursor(const Document& document, const Limits& limits);

  /// The byte that far ahead; 0 behind the end.
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool is_line_end() const { return peek() == '\n' || (peek() == '\r' && peek(1) == '\n'); }
  Mark mark() { return marker_.at(at_); }

  tl::unexpected<Error> wrong(std::string what, std::string remedy = {}) const;
  tl::unexpected<Error> wrong_at(std::string what, Mark at, std::string remedy = {}) const;

  void skip_blanks();
  /// Up to the line's end. Errors: invalid_input.
  Status comment();
  /// A text of any of the four kinds of quotes; a key may not have several lines. Errors: invalid_input.
  Result<std::string> text(bool may_span_lines);

  std::string_view text_;
  Outline outline_;  // for its errors
  const Lines& lines_;
  std::size_t at_ = 0;

 private:
  Status character(char quote, bool spans, std::string& into);
  Status escape(bool spans, std::string& into);
  Status unicode(std::size_t length, std::string& into);

  Marker marker_;
};

}  // namespace sluice::document
