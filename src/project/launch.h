#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "document/node.h"

namespace sluice::project {

/// A process that a compose file or manifest starts, with every variable that it gives it.
struct Launch {
  std::string name;  ///< of the service or container
  std::map<std::string, std::string> variables;  ///< with their values as written
  document::Mark at;  ///< of its list of variables
};

/// Services of a compose file and containers of a manifest in `root`. Left out are those that take
/// variables from elsewhere too (`env_file`, `extends`, `envFrom`), because then nothing is known to lack.
std::vector<Launch> launches(const document::Node& root);

/// True for a name of a compose file, or a YAML file that may be a manifest.
bool may_launch(std::string_view path);

}  // namespace sluice::project
