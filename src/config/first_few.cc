#include "config/first_few.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>

namespace sluice::config {
namespace {

constexpr std::size_t most_lines = 100;

std::string told_by_lines(std::vector<std::uint32_t> lines) {
  const std::size_t count = lines.size();
  std::ranges::sort(lines);
  lines.resize(std::min(count, most_lines));
  return fmt::format("; so it is with {} more keys of this file, in line {}{}", count, fmt::join(lines, ", "),
                     count > most_lines ? " and further on" : "");
}

}  // namespace

void FirstFew::report(Reporter& reporter) && {
  if (!lines_.empty()) {
    const auto last = std::ranges::max_element(drafts_, {}, [](const Draft& draft) { return draft.span.start.line; });
    last->message += told_by_lines(std::move(lines_));
  }
  for (Draft& draft : drafts_) reporter.report(std::move(draft));
}

}  // namespace sluice::config
