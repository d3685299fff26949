#include "document_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz_reader(data, size, [](auto&&... arguments) { return sluice::document::parse_yaml(arguments...); });
}
