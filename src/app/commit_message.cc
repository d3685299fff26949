#include "app/commit_message.h"

#include "base/text.h"

namespace sluice::app {
namespace {

constexpr std::string_view scissors = " ------------------------ >8 ------------------------";

}  // namespace

std::string blank_comments(std::string_view message, std::string_view comment_prefix) {
  std::string kept;
  for (const std::string_view line : base::split(message, '\n')) {
    const bool comment = line.substr(0, comment_prefix.size()) == comment_prefix;
    if (comment && line.substr(comment_prefix.size(), scissors.size()) == scissors) break;
    if (!comment) kept += line;
    kept += '\n';
  }
  return kept;
}

}  // namespace sluice::app
