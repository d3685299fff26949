#include "config/spelling.h"

#include <fmt/format.h>

namespace sluice::config {

std::string spelled_key(const Source& source, std::string_view key) {
  switch (source.is_read() ? (*source.document)->format : document::Format::yaml) {
    case document::Format::json:
      return fmt::format("\"{}\":", key);
    case document::Format::toml:
    case document::Format::ini:
      return fmt::format("{} =", key);
    default:
      return fmt::format("{}:", key);
  }
}

std::string spelled(const Source& source, std::string_view key, std::string_view value) {
  return fmt::format("{} {}", spelled_key(source, key), value);
}

}  // namespace sluice::config
