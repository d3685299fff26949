#include <cstddef>
#include <cstdint>
#include <string_view>

#include "git/commit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto tag = sluice::git::parse_tag(bytes);
  if (!tag) return 0;
  if (tag->message_offset > size) __builtin_trap();
  if (bytes.substr(tag->message_offset) != tag->message) __builtin_trap();
  const std::string date = tag->tagger.iso_date();
  if (!date.empty() && date.size() != 25) __builtin_trap();
  return 0;
}
