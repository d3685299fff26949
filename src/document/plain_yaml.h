#pragma once

#include "base/result.h"
#include "document/outline.h"

namespace sluice::document {

/// Reads the part of YAML in which most configuration is written: in ASCII, block mappings and lists, each key and
/// value on one line, values plain or quoted without escapes. That takes a third of the time that libyaml needs.
/// What it reads it reads as libyaml does, positions included, which the tests hold it to. False when the text
/// holds anything else, right or wrong: `outline` is then of no use. Errors: those of Outline.
Result<bool> read_plain_yaml(const Lines& lines, YamlSchema schema, Outline& outline);

}  // namespace sluice::document
