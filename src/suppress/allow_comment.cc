#include "suppress/allow_comment.h"

#include "base/text.h"

namespace sluice::suppress {
namespace {

constexpr std::string_view marker = "sluice:allow";

std::string_view next_word(std::string_view& text) {
  text = base::trim(text);
  const auto end = text.find_first_of(" \t");
  const std::string_view word = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end);
  return word;
}

// The reason without the end of a block comment.
std::string_view without_comment_end(std::string_view reason) {
  for (const std::string_view end : {"*/", "-->", "#}", "%>", "*)"}) {
    const auto at = reason.find(end);
    if (at != std::string_view::npos) reason = reason.substr(0, at);
  }
  return base::trim(reason);
}

std::optional<AllowComment> find_on_line(std::string_view rule, std::string_view line) {
  for (auto at = line.find(marker); at != std::string_view::npos; at = line.find(marker)) {
    line.remove_prefix(at + marker.size());
    std::string_view rest = line;
    if (next_word(rest) != rule && !(base::trim(line).substr(0, 1) == "*")) continue;
    const auto next = rest.find(marker);
    return AllowComment{std::string(without_comment_end(rest.substr(0, next)))};
  }
  return std::nullopt;
}

}  // namespace

std::optional<AllowComment> find_allow_comment(std::string_view rule, std::string_view line,
                                               std::string_view line_above) {
  if (auto comment = find_on_line(rule, line)) return comment;
  return find_on_line(rule, line_above);
}

}  // namespace sluice::suppress
