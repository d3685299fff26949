#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/audit_cache.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  (void)sluice::app::decode_audit_cache(input);
  const auto cache = sluice::app::decode_audit_cache_content(input);
  if (!cache) return 0;
  for (const sluice::app::KnownSecret& secret : cache->secrets) (void)secret.placed(cache->seen.reached);
  // What was read can be written, and read again.
  const std::string bytes = sluice::app::encode(*cache);
  const auto again = sluice::app::decode_audit_cache(bytes);
  if (!again || again->secrets.size() != cache->secrets.size() || sluice::app::encode(*again) != bytes) std::abort();
  return 0;
}
