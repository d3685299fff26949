#pragma once

#include <string_view>

namespace sluice::policy {

/// False for a path that no check asks for by its name: it ends like source code, a picture or the like, says `env`
/// nowhere and is no Dockerfile's. Most paths of most trees are so, and every check would look at each again.
bool is_notable(std::string_view path);

/// True when `path` has the letters `env` in it, in any case.
bool mentions_env(std::string_view path);

}  // namespace sluice::policy
