#include <algorithm>

#include "container/readers.h"

namespace sluice::container {
namespace {

// Kinds of texts in Python's marshal format (Python/marshal.c): with a length of four bytes, or of one.
bool has_long_size(char type) { return type == 'u' || type == 't' || type == 's' || type == 'a' || type == 'A'; }
bool has_short_size(char type) { return type == 'z' || type == 'Z'; }

bool is_text(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\t' && c != '\r';
  });
}

}  // namespace

// Objects are not followed: a text is told by its kind, a length that fits and printable characters, so that
// every version of the format is read alike.
std::string constants_of(std::string_view bytecode) {
  std::string texts;
  for (std::size_t at = 16; at + 2 <= bytecode.size();) {
    const char type = static_cast<char>(bytecode[at] & 0x7F);
    std::size_t size = 0;
    std::size_t begin = 0;
    if (has_short_size(type)) {
      size = static_cast<unsigned char>(bytecode[at + 1]);
      begin = at + 2;
    } else if (has_long_size(type) && at + 5 <= bytecode.size()) {
      for (std::size_t i = 4; i > 0; --i) size = size << 8 | static_cast<unsigned char>(bytecode[at + i]);
      begin = at + 5;
    }
    const bool fits = begin > 0 && size >= 4 && size <= bytecode.size() - begin;
    if (fits && is_text(bytecode.substr(begin, size))) {
      texts += bytecode.substr(begin, size);
      texts += '\n';
      at = begin + size;
    } else {
      ++at;
    }
  }
  return texts;
}

Status read_bytecode(std::string_view bytes, Budget& budget, Visitor& visitor) {
  const std::string texts = constants_of(bytes);
  if (!texts.empty() && spend(budget, texts.size(), visitor)) visitor.entry("constants", texts);
  return {};
}

}  // namespace sluice::container
