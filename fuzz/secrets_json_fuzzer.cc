#include <cstddef>
#include <cstdint>
#include <string_view>

#include "document/node.h"
#include "secrets/json_text.h"

// Whatever this reader takes, the other one takes too, and both find the same members.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sluice;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = secrets::JsonText::parse(text);
  if (!value) return 0;
  (void)value->bytes();
  for (const auto& item : value->items()) (void)item.bytes();
  const auto document = document::parse_json(text, "x");
  if (!document) return 0;
  for (const auto& entry : document->root.entries)
    if (!value->member(entry.key.text)) __builtin_trap();
  return 0;
}
