#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "secrets/rendering.h"

namespace sluice::secrets {

/// A value under the name that a program finds it by in its environment.
struct Variable {
  std::string name;  ///< `WAREHOUSE_PASSWORD` for `warehouse.password`
  std::string key;   ///< dotted
  SecureBytes value;
  bool is_secret = false;
};

/// `WAREHOUSE_PASSWORD` for `warehouse.password`: upper case, and `_` for all else.
std::string variable_name(std::string_view key);

/// True for names that change how programs are found, loaded or run: `PATH`, `LD_PRELOAD`,
/// `PYTHONPATH`, ...
bool is_dangerous_name(std::string_view name);

/// Every plain value, null left out, as a variable; a list, or a mapping inside of one, as JSON.
/// With `only_secrets`, those that stand in `values` alone. Errors: invalid_input (two keys that
/// make one name, a dangerous name, a value with a NUL); names the keys.
Result<std::vector<Variable>> to_variables(const document::Node& root, const Values& values,
                                           bool only_secrets);

/// Variables as an env file that read_dotenv, python-dotenv and `docker compose` read alike.
SecureBytes render_env(const std::vector<Variable>& variables);

}  // namespace sluice::secrets
