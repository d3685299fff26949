#include "document/encoding.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/utf8.h"
#include "document/lines.h"

namespace sluice::document {
namespace {

constexpr char32_t replacement = 0xFFFD;

std::string place(const std::string& path, Mark mark) {
  return fmt::format("{}:{}:{}", path, mark.line, mark.column);
}

Mark mark_at_end(const std::string& text) { return Lines(text).mark_of_byte(text.size()); }

Result<std::string> decode_utf16(std::string_view bytes, bool big_endian, const std::string& path) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t code_point = at + 1 < bytes.size() ? unit(at) : replacement;
    const bool whole = at + 1 < bytes.size();
    const bool high = code_point >= 0xD800 && code_point < 0xDC00;
    const bool low = code_point >= 0xDC00 && code_point < 0xE000;
    const char32_t next = high && at + 3 < bytes.size() ? unit(at + 2) : 0;
    if (!whole || low || (high && (next < 0xDC00 || next >= 0xE000))) {
      return fail(ErrorKind::invalid_input, "not valid UTF-16", place(path, mark_at_end(text)),
                  "save the file as UTF-8");
    }
    if (high) {
      code_point = 0x10000 + ((code_point - 0xD800) << 10) + (next - 0xDC00);
      at += 2;
    }
    base::append_utf8(text, code_point);
  }
  return text;
}

Result<std::string> checked_utf8(std::string_view bytes, const std::string& path) {
  if (base::is_valid_utf8(bytes)) return std::string(bytes);
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t length = base::code_point_length(bytes.substr(at));
    if (!base::is_valid_utf8(bytes.substr(at, length))) break;
    at += length;
  }
  return fail(ErrorKind::invalid_input,
              fmt::format("not valid UTF-8: byte 0x{:02X}", static_cast<unsigned char>(bytes[at])),
              place(path, mark_at_end(std::string(bytes.substr(0, at)))), "save the file as UTF-8");
}

}  // namespace

Result<std::string> decode_text(std::string_view bytes, const std::string& path) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) {
    return fail(ErrorKind::invalid_input, "UTF-32 is not an encoding of YAML 1.1", place(path, {}),
                "save the file as UTF-8");
  }
  if (bytes.starts_with("\xFF\xFE"sv)) return decode_utf16(bytes.substr(2), false, path);
  if (bytes.starts_with("\xFE\xFF"sv)) return decode_utf16(bytes.substr(2), true, path);
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) bytes.remove_prefix(3);
  return checked_utf8(bytes, path);
}

}  // namespace sluice::document
