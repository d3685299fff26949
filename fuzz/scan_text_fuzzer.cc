#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"
#include "scan/encoding.h"
#include "scan/finding_builder.h"
#include "scan/scanner.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  static const sluice::scan::Scanner scanner([] {
    std::vector<const sluice::rules::Rule*> all;
    for (const auto& rule : sluice::rules::builtin_rules()) all.push_back(&rule);
    return all;
  }());
  const sluice::scan::DecodedText text(input);
  const auto matches = scanner.scan(text.view(), text.is_binary());
  for (const auto& scanned : sluice::scan::build_findings(text.view(), matches)) {
    const auto& at = scanned.finding.at;
    if (at.line == 0 || at.column == 0 || at.end_line < at.line) __builtin_trap();
    if (scanned.secret.end > text.view().size()) __builtin_trap();
  }
  return 0;
}
