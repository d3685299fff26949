#pragma once

#include <string>

#include "config/merged.h"

namespace sluice::config {

enum class ShowFormat {
  tree,  ///< for a person: indented, each value with its place, in colour if asked for
  yaml,  ///< a YAML document with each value's place as a comment
  json,  ///< `{"config": ..., "from": {"dotted.key": {"path", "line", "column", "overrides"}}}`
};

struct ShowOptions {
  ShowFormat format = ShowFormat::tree;
  bool redact = true;  ///< values of keys that look like a secret's are `[masked]`
  bool color = false;
};

/// The merged document with where each value came from. Ends with a newline.
std::string show(const Merged& root, const ShowOptions& options);

/// `config_prod.yaml:12`, and behind it what it overrides: `, overrides config_base.yaml:3`.
std::string origin_of(const Merged& value);

/// `config_prod.yaml:12`.
std::string place_of(const Given& given);

}  // namespace sluice::config
