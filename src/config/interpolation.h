#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// A place in a value that a loader fills with another key's value: `${a.b}`, `${.near}`, `%(x)s`.
struct Reference {
  enum class Kind {
    key,         ///< `${a.b}`: a key from the root, as OmegaConf and Spring have it
    near_key,    ///< `${.a}`, `${..a}`: relative to the mapping that holds the value
    ini_option,  ///< `%(a)s`: in the same section or in [DEFAULT]
    variable,    ///< `${NAME}`, `${NAME:-default}`, `${oc.env:NAME}`: of the environment
    other,       ///< a resolver's: `${oc.decode:...}`, `${globals:...}`, `{{ x }}`
  };
  Kind kind = Kind::other;
  std::vector<std::string> keys;  ///< the way to the key; a variable's name
  std::size_t levels = 0;         ///< of near_key: the number of dots
  bool has_default = false;       ///< `${a:b}`, `${A:-b}`: nothing is missing where it has no value
  std::string text;               ///< as written
};

/// What `text` refers to, in order, nested ones too. A doubled sign (`$${`, `%%(`) and a backslash
/// before it quote. `is_ini` chooses `%(x)s`, else `${...}`. At most 100 are told.
std::vector<Reference> references(std::string_view text, bool is_ini);

}  // namespace sluice::config
