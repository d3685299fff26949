#include <cstddef>
#include <cstdint>
#include <string_view>

#include "git/ignore.h"

// The first line is a path, the rest an ignore file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return 0;
  sluice::git::IgnoreRules rules;
  rules.add_file("", bytes.substr(end + 1));
  const auto verdict = rules.check(bytes.substr(0, end), false);
  if (verdict.ignored && verdict.line == 0) __builtin_trap();
  if ((verdict.line == 0) != verdict.file.empty()) __builtin_trap();
  return 0;
}
