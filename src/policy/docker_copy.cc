#include "policy/docker_copy.h"

#include <algorithm>

#include "base/text.h"
#include "document/node.h"
#include "policy/docker_glob.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

constexpr std::string_view blanks = " \t";

// Takes the options off the front of `arguments`; false when one of them names another stage.
bool read_options(std::string_view& arguments, Copy& copy) {
  constexpr std::string_view exclude = "--exclude=";
  for (arguments = base::trim(arguments); arguments.starts_with("--"); arguments = base::trim(arguments)) {
    const std::string_view option = arguments.substr(0, arguments.find_first_of(blanks));
    arguments.remove_prefix(option.size());
    if (option.starts_with("--from")) return false;
    if (option.starts_with(exclude)) copy.excluded.emplace_back(option.substr(exclude.size()));
  }
  return true;
}

std::vector<std::string> read_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    std::string word(text.substr(0, text.find_first_of(blanks)));
    text = base::trim(text.substr(word.size()));
    std::erase_if(word, [](char c) { return c == '"' || c == '\''; });
    words.push_back(std::move(word));
  }
  return words;
}

// `["a b", "."]`; what is no such list is words.
std::vector<std::string> read_list(std::string_view text) {
  if (!text.starts_with('[')) return read_words(text);
  const auto list = document::parse_json(text, "COPY");
  if (!list || list->root.kind != document::Kind::sequence) return read_words(text);
  std::vector<std::string> words;
  for (const document::Node& item : list->root.items) words.push_back(item.text);
  return words;
}

// Of the context's own folder, which a copy cannot leave: `/.`, `./` and `../` are all of it.
std::string cleaned(std::string_view source) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : base::split(source, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") parts.push_back(part);
    else if (!parts.empty()) parts.pop_back();
  }
  std::string path;
  for (const std::string_view part : parts) path = join(path, part);
  return path;
}

bool is_excluded(const Copy& copy, std::string_view path) {
  return std::any_of(copy.excluded.begin(), copy.excluded.end(), [&](const std::string& pattern) {
    return docker_takes(cleaned(pattern), path) || docker_matches(pattern, base_name(path));
  });
}

std::optional<TakingCopy> taking(const Copy& copy, std::string_view path) {
  for (const std::string& source : copy.sources) {
    const std::string pattern = cleaned(source);
    // Some who write `COPY .env .` mean it; who copies everything hidden rarely does.
    if (pattern == path || source.find("://") != source.npos) continue;
    const bool is_whole = pattern.empty() || pattern == "*";
    if (is_whole || docker_takes(pattern, path)) return TakingCopy{copy.line, source, is_whole};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Copy> read_copy(const Instruction& instruction) {
  if (instruction.name != "COPY" && instruction.name != "ADD") return std::nullopt;
  std::string_view rest = instruction.arguments;
  Copy copy;
  copy.line = instruction.line;
  if (!read_options(rest, copy)) return std::nullopt;
  copy.sources = read_list(rest);
  if (!copy.sources.empty()) copy.sources.pop_back();  // where they go
  return copy;
}

std::vector<Copy> copies_of(std::string_view dockerfile) {
  std::vector<Copy> copies;
  for (const Instruction& instruction : read_dockerfile(dockerfile)) {
    if (auto copy = read_copy(instruction)) copies.push_back(std::move(*copy));
  }
  return copies;
}

std::optional<TakingCopy> copy_taking(const std::vector<Copy>& copies, std::string_view path) {
  for (const Copy& copy : copies) {
    auto found = taking(copy, path);
    if (found && !is_excluded(copy, path)) return found;
  }
  return std::nullopt;
}

}  // namespace sluice::policy
