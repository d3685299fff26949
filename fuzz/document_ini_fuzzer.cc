#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "document/node.h"

namespace {

using namespace sluice::document;

void walk(const Node& node, const Lines& lines) {
  if (node.mark.line == 0 || node.mark.line > lines.size() + 1) std::abort();
  if (node.end.line < node.mark.line || node.end.line > lines.size() + 1) std::abort();
  for (const Entry& entry : node.entries) {
    if (entry.key.mark.line == 0 || entry.key.mark.line > lines.size()) std::abort();
    walk(entry.value, lines);
  }
  for (const Node& item : node.items) walk(item, lines);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Limits limits;
  limits.nodes = 5'000;
  limits.depth = 32;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = parse_ini(text, "fuzz", limits);
  if (document) walk(document->root, document->lines);
  if (!document && document.error().where.empty()) std::abort();
  return 0;
}
