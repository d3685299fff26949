#pragma once

#include <string>
#include <string_view>

namespace sluice::scan {

/// Bytes made ready for searching: UTF-16 and UTF-32 (by byte order mark, or by where the zero bytes
/// stand) become UTF-8; a UTF-8 byte order mark is left out; anything else stays as it is, Latin-1
/// and binary included. `view()` points into the object or into the bytes given.
class DecodedText {
 public:
  explicit DecodedText(std::string_view bytes);
  DecodedText(const DecodedText&) = delete;
  DecodedText& operator=(const DecodedText&) = delete;

  std::string_view view() const { return view_; }
  /// True when it is not text: a NUL among the first 8,000 bytes, as Git decides it.
  bool is_binary() const { return is_binary_; }
  /// True when view() is the bytes given, but for the first left_out().
  bool is_verbatim() const { return is_verbatim_; }
  std::size_t left_out() const { return left_out_; }

 private:
  std::string transcoded_;
  std::string_view view_;
  bool is_binary_ = false;
  bool is_verbatim_ = true;
  std::size_t left_out_ = 0;
};

}  // namespace sluice::scan
