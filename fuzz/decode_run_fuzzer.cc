// Every run that is found in any bytes can be decoded, and is found again at its anchor.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "decode/decoder.h"
#include "decode/run_at.h"
#include "decode/run_finder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sluice::decode;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  EncodedRuns runs;
  find_runs(text, 0, size, runs);
  for (const EncodedRun& run : runs) {
    const Decoded decoded = decode(text, run);
    if (decoded.from.size() != decoded.text.size() + 1) std::abort();
    const auto again = run_at(text, run.anchor, run.encoding);
    if (!again || again->begin != run.begin || again->end != run.end) std::abort();
    bool is_cut = false;
    if (const auto inner = inflate(decoded.text, 1u << 20, is_cut); inner && inner->size() > 1u << 20) std::abort();
  }
  return 0;
}
