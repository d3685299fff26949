#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "document/node.h"

namespace sluice::document {

/// The type that PyYAML's resolver (YAML 1.1 with its own regular expressions) gives to a plain
/// text: `1e-5` and `-.5` are strings, `no` is a bool, `012` and `1:30` are ints.
ScalarType resolve_yaml_1_1(std::string_view plain);

/// The type under the core schema of YAML 1.2 (section 10.3.2): `1e-5` is a float, `no` a string,
/// `012` an int (twelve).
ScalarType resolve_yaml_1_2(std::string_view plain);

/// The type that an explicit tag (as Node::tag) asks for: one of YAML's own, else custom.
ScalarType type_of_tag(std::string_view tag);

/// A name under which two keys are the same exactly when Python's dictionary says so for the usual
/// types: `a` and `"a"` are, `1` and `"1"` are not, `true` and (in YAML 1.1) `yes` are. `node` may be of any
/// kind; a collection as key is never equal to another.
std::string key_identity(const Node& node);

}  // namespace sluice::document
