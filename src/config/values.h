#pragma once

#include <string>
#include <string_view>

#include "document/node.h"
#include "document/scalar.h"

namespace sluice::config {

/// True for a mapping or a list.
inline bool is_collection(const document::Node& node) {
  return node.kind == document::Kind::mapping || node.kind == document::Kind::sequence;
}

/// True when a program fills the text in later, so that its type cannot be told: `${VAR}`,
/// `@{VAR}`,
/// `{{ x }}`, `%(x)s`, `(( x ))`, `<PLACEHOLDER>`, `@format ...`, or a tag of the application
/// (`!ENV`).
bool is_interpolated(const document::Node& node);

/// True for OmegaConf's mark for a value that must be given: `???`.
bool is_mandatory_mark(const document::Node& node);

/// True for a number that YAML 1.2 readers see and PyYAML takes for a string: `1e-5`, `-.5`,
/// `0o17`, `08`.
bool is_number_only_in_1_2(const document::Node& node);

/// True for those of them that OmegaConf's own YAML loader takes for a float: digits and an exponent, `1e-5`.
bool is_float_to_omegaconf(const document::Node& node);

/// Such a number in a spelling that every reader takes for the same number: `1.0e-5`, `-0.5`; empty
/// where there is none (`0o17`, `08`).
std::string respelled_number(std::string_view text);

/// For a person: `a mapping`, `a list`, `null`, `a string`, `an int`, `a float`, ...
std::string describe(const document::Node& node);

}  // namespace sluice::config
