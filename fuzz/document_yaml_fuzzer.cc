#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "document/merge_key.h"
#include "document/node.h"
#include "document/scalar.h"

namespace {

using namespace sluice::document;

// Every position must lie in the text, and every scalar must resolve.
void walk(const Node& node, const Lines& lines) {
  if (node.mark.line == 0 || node.mark.column == 0 || node.mark.line > lines.size() + 1)
    std::abort();
  if (node.end.line == 0 || node.end.line > lines.size() + 1) std::abort();
  (void)key_identity(node);
  if (node.kind == Kind::mapping) (void)effective_entries(node);
  for (const Entry& entry : node.entries) {
    walk(entry.key, lines);
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
  const auto document = parse_yaml(text, "fuzz", limits);
  if (document) walk(document->root, document->lines);
  if (!document && document.error().where.empty()) std::abort();
  return 0;
}
