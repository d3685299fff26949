#include "document/begin.h"

#include <fmt/format.h>

#include <utility>

#include "document/encoding.h"

namespace sluice::document {

Result<Document> begin_document(Format format, std::string_view text, const std::string& path,
                                const Limits& limits) {
  if (text.size() > limits.bytes) {
    return Outline(path, limits)
        .error(ErrorKind::limit_exceeded,
               fmt::format("larger than the limit of {} bytes", limits.bytes), {},
               "split the file, or move the data out of the configuration");
  }
  Document document;
  SLUICE_TRY_ASSIGN(std::string decoded, decode_text(text, path));
  document.lines = Lines(std::move(decoded));
  document.path = path;
  document.format = format;
  return document;
}

Mark Marker::at(std::size_t offset) {
  const std::string& text = lines_.text();
  for (; counted_ < offset && counted_ < text.size(); ++counted_) {
    if ((static_cast<unsigned char>(text[counted_]) & 0xC0) != 0x80) ++code_points_;
  }
  return lines_.mark_of_code_point(code_points_);
}

}  // namespace sluice::document
