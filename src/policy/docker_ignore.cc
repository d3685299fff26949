#include "policy/docker_ignore.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/glob.h"
#include "base/text.h"
#include "policy/dockerfile.h"

namespace sluice::policy {
namespace {

// `./a/` and `/a` are `a`.
std::string_view cleaned(std::string_view pattern) {
  while (pattern.starts_with('/') || pattern.starts_with("./")) {
    pattern.remove_prefix(pattern[0] == '/' ? 1 : 2);
  }
  while (pattern.ends_with('/')) pattern.remove_suffix(1);
  return pattern;
}

// The pattern matches the path or a folder above it. A leading `/` ties wildmatch to the top.
bool matches(std::string_view pattern, std::string_view path) {
  for (std::size_t end = path.find('/'); ; end = path.find('/', end + 1)) {
    if (base::wildmatch(pattern, path.substr(0, end))) return true;
    if (end == std::string_view::npos) return false;
  }
}

// `*` takes hidden files along, too.
bool is_context(std::string_view word) {
  return word == "." || word == "./" || word == "*" || word == "./*";
}

// The sources of a COPY or ADD; none where they are of another stage. The last word is where they go.
std::vector<std::string> sources_of(const Instruction& instruction) {
  std::string text = instruction.arguments;
  for (char& c : text) {
    if (c == '[' || c == ']' || c == ',' || c == '\t' || c == '"') c = ' ';
  }
  std::vector<std::string> words;
  for (const std::string_view word : base::split(text, ' ')) {
    if (word.starts_with("--from")) return {};
    if (!word.empty() && !word.starts_with("--")) words.emplace_back(word);
  }
  if (!words.empty()) words.pop_back();
  return words;
}

}  // namespace

bool is_docker_ignored(std::string_view content, std::string_view path) {
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  bool ignored = false;
  for (std::string_view line : base::split(content, '\n')) {
    if (line.starts_with('#')) continue;
    line = base::trim(line);
    const bool is_negated = line.starts_with('!');
    if (is_negated) line = base::trim(line.substr(1));
    const std::string_view pattern = cleaned(line);
    if (pattern.empty()) continue;
    if (pattern == "." || matches(pattern, path)) ignored = !is_negated;
  }
  return ignored;
}

std::uint32_t line_copying_context(std::string_view dockerfile) {
  for (const Instruction& instruction : read_dockerfile(dockerfile)) {
    if (instruction.name != "COPY" && instruction.name != "ADD") continue;
    const std::vector<std::string> sources = sources_of(instruction);
    if (std::any_of(sources.begin(), sources.end(), is_context)) return instruction.line;
  }
  return 0;
}

}  // namespace sluice::policy
