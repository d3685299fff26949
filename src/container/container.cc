#include "container/container.h"

#include <fmt/format.h>

#include "container/readers.h"

namespace sluice::container {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view archive_starts[] = {
    "PK\x03\x04"sv,          "PK\x05\x06"sv, "\x1F\x8B\x08"sv,      "\xFD\x37zXZ\0"sv,
    "\x28\xB5\x2F\xFD"sv,    "BZh"sv,        "7z\xBC\xAF\x27\x1C"sv, "\x04\x22\x4D\x18"sv,
};

bool is_bzip2(std::string_view bytes) {
  // Three letters are too little to tell: a block or the end follows.
  return bytes.size() > 10 && bytes[3] >= '1' && bytes[3] <= '9' &&
         (bytes.substr(4, 6) == "\x31\x41\x59\x26\x53\x59" || bytes.substr(4, 6) == "\x17\x72\x45\x38\x50\x90");
}

bool is_archive(std::string_view bytes) {
  for (const std::string_view start : archive_starts) {
    if (bytes.starts_with(start)) return start != "BZh" || is_bzip2(bytes);
  }
  return bytes.size() > 512 && bytes.substr(257, 5) == "ustar";
}

// A JSON object whose start or end says of what notebook format it is.
bool is_notebook(std::string_view bytes) {
  constexpr std::size_t side = 4096;
  constexpr std::string_view key = "\"nbformat\"";
  const auto first = bytes.substr(0, 64).find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos || bytes[first] != '{') return false;
  if (bytes.substr(0, side).find(key) != std::string_view::npos) return true;
  return bytes.size() > side && bytes.substr(bytes.size() - side).find(key) != std::string_view::npos;
}

}  // namespace

Kind kind_of(std::string_view bytes) {
  if (bytes.size() < 16) return Kind::none;
  switch (bytes.front()) {
    case 'P': case '\x1F': case '\xFD': case '\x28': case 'B': case '7': case '\x04':
      if (is_archive(bytes)) return Kind::archive;
      break;
    case 'S':
      if (bytes.starts_with("SQLite format 3\0"sv)) return Kind::database;
      break;
    case '%':
      if (bytes.starts_with("%PDF-")) return Kind::pdf;
      break;
    default: break;
  }
  if (bytes.size() > 512 && bytes[257] == 'u' && is_archive(bytes)) return Kind::archive;
  // Python's number of the format, then a line end that text conversion would spoil.
  if (bytes[2] == '\r' && bytes[3] == '\n' && static_cast<unsigned char>(bytes[1]) <= 0x0F && bytes[7] == '\0' &&
      bytes[6] == '\0') {
    return Kind::bytecode;
  }
  return is_notebook(bytes) ? Kind::notebook : Kind::none;
}

Status open(std::string_view bytes, Budget& budget, Visitor& visitor) {
  switch (kind_of(bytes)) {
    case Kind::none: return {};
    case Kind::archive: return read_archive(bytes, budget, visitor);
    case Kind::database: return read_database(bytes, budget, visitor);
    case Kind::notebook: return read_notebook(bytes, budget, visitor);
    case Kind::bytecode: return read_bytecode(bytes, budget, visitor);
    case Kind::pdf: return read_pdf(bytes, budget, visitor);
  }
  return {};
}

bool spend(Budget& budget, std::uint64_t size, Visitor& visitor) {
  const Limits& limits = budget.limits;
  if (++budget.entries > limits.entries) {
    visitor.limited(fmt::format("there are more than {} entries", limits.entries));
    return false;
  }
  budget.bytes += size;
  if (budget.bytes > limits.bytes) {
    visitor.limited(fmt::format("there is more than {} MiB in it", limits.bytes >> 20));
    return false;
  }
  return true;
}

}  // namespace sluice::container
