#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "document/node.h"
#include "document/scalar.h"

namespace sluice::document {

/// The document in `text`, which must be valid.
inline Document yaml(std::string_view text) {
  auto document = parse_yaml(text, "f.yaml");
  EXPECT_TRUE(document) << to_string(document.error());
  return document ? std::move(*document) : Document{};
}

/// The error of `text` as `where: what (remedy)`; empty when it is valid.
inline std::string yaml_error(std::string_view text, const Limits& limits = {}) {
  const auto document = parse_yaml(text, "f.yaml", limits);
  return document ? "" : to_string(document.error());
}

inline Document json(std::string_view text) {
  auto document = parse_json(text, "f.json");
  EXPECT_TRUE(document) << to_string(document.error());
  return document ? std::move(*document) : Document{};
}

inline std::string json_error(std::string_view text, const Limits& limits = {}) {
  const auto document = parse_json(text, "f.json", limits);
  return document ? "" : to_string(document.error());
}

inline std::string at(const Mark& mark) {
  return std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

inline std::string span(const Node& node) { return at(node.mark) + "-" + at(node.end); }

}  // namespace sluice::document
