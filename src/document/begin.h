#pragma once

#include <string>
#include <string_view>

#include "document/node.h"
#include "document/outline.h"

namespace sluice::document {

/// What every reader of a text does first: checks its size, decodes it, divides it into lines.
/// Errors: limit_exceeded, invalid_input; as the readers'.
Result<Document> begin_document(Format format, std::string_view text, const std::string& path,
                                const Limits& limits);

/// Tells the mark of one byte offset after the other in linear time, as long as they grow.
class Marker {
 public:
  explicit Marker(const Lines& lines) : lines_(lines) {}
  /// `offset` must not be smaller than the one before.
  Mark at(std::size_t offset);

 private:
  const Lines& lines_;
  std::size_t counted_ = 0;
  std::size_t code_points_ = 0;
};

}  // namespace sluice::document
