#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "report/formats.h"
#include "report/reader.h"

// What can be read can be written, and read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace report = sluice::report;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto first = report::read_report(input, "fuzz");
  if (!first) return 0;
  const auto render = report::find_format("json")->render;
  const std::string text = render(first->audit, {});
  const auto second = report::read_report(text, "fuzz");
  if (!second || render(second->audit, {}) != text) std::abort();
  for (const report::Format& format : report::formats()) (void)format.render(first->audit, {});
  return 0;
}
