#pragma once

#include <optional>

#include "document/node.h"

namespace sluice::document {

/// Reads the part of YAML in which most configuration is written: in ASCII, block mappings and lists, each key and
/// value on one line, values plain or quoted without escapes. That takes a fifth of the time that libyaml needs.
/// What it reads it reads as libyaml does, positions included, which the tests hold it to. Nothing when the text
/// holds anything else, right or wrong, or more than `limits` allow.
std::optional<Node> read_plain_yaml(const Lines& lines, YamlSchema schema, const Limits& limits);

}  // namespace sluice::document
