#include "policy/ignore_mend.h"

#include <array>

#include "base/text.h"
#include "git/ignore.h"

namespace sluice::policy {
namespace {

bool would_ignore(std::string_view line, std::string_view directory, std::string_view path,
                  bool ignore_case = false) {
  git::IgnoreRules rules(ignore_case);
  rules.add_file(std::string(directory), line);
  return rules.check(path, false).ignored;
}

// Each slip: what the line would be without it, or empty where the line has no such slip.

std::string without_final_slash(std::string_view line) {
  line = base::trim(line);
  if (!line.ends_with('/')) return {};
  while (line.ends_with('/')) line.remove_suffix(1);
  return std::string(line);
}

std::string without_comment(std::string_view line) {
  for (std::size_t hash = line.find('#'); hash != std::string_view::npos;
       hash = line.find('#', hash + 1)) {
    const std::string_view before = line.substr(0, hash);
    const std::string_view pattern = base::trim(before);
    if (!pattern.empty() && pattern.size() < before.size()) return std::string(pattern);
  }
  return {};
}

std::string without_first_spaces(std::string_view line) {
  const std::string_view trimmed = base::trim(line);
  return line.starts_with(' ') || line.starts_with('\t') ? std::string(trimmed) : std::string();
}

std::string without_quotes(std::string_view line) {
  line = base::trim(line);
  const bool quoted = line.size() > 2 && (line.front() == '"' || line.front() == '\'') &&
                      line.front() == line.back();
  return quoted ? std::string(line.substr(1, line.size() - 2)) : std::string();
}

std::string uncommented(std::string_view line) {
  if (!line.starts_with('#')) return {};
  line.remove_prefix(1);
  return std::string(base::trim(line));
}

std::string without_dot_slash(std::string_view line) {
  return line.starts_with("./") ? std::string(line.substr(2)) : std::string();
}

std::string without_anchor(std::string_view line) {
  return line.starts_with('/') ? std::string(line.substr(1)) : std::string();
}

// `.env{,.local}` and `.{env,envrc}`: the first choice that the braces offer.
std::string with_first_choice(std::string_view line) {
  const std::size_t open = line.find('{');
  const std::size_t close = line.find('}', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return {};
  const std::string_view choices = line.substr(open + 1, close - open - 1);
  std::string made(line.substr(0, open));
  made += choices.substr(0, choices.find(','));
  made += line.substr(close + 1);
  return made;
}

struct Slip {
  std::string (*mend)(std::string_view line);
  std::string_view why;
};

constexpr std::array<Slip, 8> slips = {{
    {without_final_slash, "the slash at its end makes it match folders only"},
    {without_comment,
     "Git knows no comment behind a pattern, so the `#` and what follows belong to it"},
    {without_first_spaces, "the space before it belongs to the pattern"},
    {without_quotes, "the quotes belong to the pattern"},
    {with_first_choice, "Git expands no braces"},
    {without_dot_slash, "no path starts with `./`"},
    {without_anchor, "the slash at its start ties it to the folder of its own .gitignore"},
    {uncommented, "the line is a comment"},
}};

}  // namespace

std::optional<IgnoreMend> mend_pattern(std::string_view line, std::string_view directory,
                                       std::string_view path) {
  for (const Slip& slip : slips) {
    const std::string mended = slip.mend(line);
    // A negation, or a comment in prose, was not meant to ignore the file.
    if (mended.empty() || mended.front() == '!' || mended == line) continue;
    if (would_ignore(mended, directory, path)) return IgnoreMend{std::string(slip.why), mended};
  }
  if (would_ignore(line, directory, path, true))
    return IgnoreMend{"its letter case differs, which matters where file names have case",
                      base::to_lower(line)};
  return std::nullopt;
}

std::optional<IgnoreMend> mend_encoding(std::string_view line, std::string_view directory,
                                        std::string_view path) {
  if (!would_ignore(line, directory, path)) return std::nullopt;
  return IgnoreMend{"the file is in UTF-16, in which Git finds no pattern", {}};
}

}  // namespace sluice::policy
