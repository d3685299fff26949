#pragma once

#include <functional>
#include <string_view>

#include "deploy/file.h"

namespace sluice::deploy {

/// Calls `visit(line, mark)` for each source line of the script that `run` holds, without what
/// stands before and behind the script on it; `mark` is where `line` begins. A block scalar begins
/// below its key.
void for_each_script_line(
    const File& file, const document::Node& run,
    const std::function<void(std::string_view line, document::Mark at)>& visit);

}  // namespace sluice::deploy
