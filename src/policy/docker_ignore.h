#pragma once

#include <string_view>

namespace sluice::policy {

/// True when a `.dockerignore` of this content leaves `path` (from the top of the context) out of the
/// build, as Docker reads it: unlike in a .gitignore a pattern without `/` is held against the top
/// alone, a matched folder takes all below it along, `!` takes back, the last match counts.
bool is_docker_ignored(std::string_view content, std::string_view path);

}  // namespace sluice::policy
