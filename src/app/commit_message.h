#pragma once

#include <string>
#include <string_view>

namespace sluice::app {

/// `message` with what Git will not keep blanked out, so that lines keep their numbers: lines that start
/// with `comment_prefix`, and all from the scissors line of `git commit --verbose` on.
std::string blank_comments(std::string_view message, std::string_view comment_prefix);

}  // namespace sluice::app
