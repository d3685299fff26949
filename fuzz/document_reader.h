#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "document/merge_key.h"
#include "document/node.h"
#include "document/scalar.h"

/// Aborts when a key or value of `node` stands outside of the text; names every key and applies merge keys.
/// Input limits its depth.
inline void expect_places(const sluice::document::Node& node, const sluice::document::Lines& lines) {
  if (node.mark.line == 0 || node.mark.column == 0 || node.mark.line > lines.size() + 1) std::abort();
  // An alias ends where it stands, and what it names lies above.
  if (node.end.line == 0 || node.end.line > lines.size() + 1) std::abort();
  (void)sluice::document::key_identity(node);
  if (node.kind == sluice::document::Kind::mapping) (void)sluice::document::effective_entries(node);
  for (const sluice::document::Entry& entry : node.entries) {
    expect_places(entry.key, lines);
    expect_places(entry.value, lines);
  }
  for (const sluice::document::Node& item : node.items) expect_places(item, lines);
}

/// Reads a fuzzer's input with `parse`, one of the document room's readers: what it gives has places in
/// the text, and an error says where.
template <class Parse>
int fuzz_reader(const std::uint8_t* data, std::size_t size, Parse parse) {
  sluice::document::Limits limits;
  limits.nodes = 5'000;
  limits.depth = 32;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = parse(text, "fuzz", limits);
  if (document) expect_places(document->root, document->lines);
  if (!document && document.error().where.empty()) std::abort();
  return 0;
}
