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
  // What was read can be written, and read again.
  sluice::app::AuditCache changed = *cache;
  changed.encoded_findings.clear();
  const auto again = sluice::app::decode_audit_cache(sluice::app::encode(changed));
  if (!again || again->placed.size() != cache->placed.size()) std::abort();
  return 0;
}
