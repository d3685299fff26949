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

bool is_env_at_top(const std::string& pattern) { return docker_matches(pattern, ".env"); }

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

std::optional<EnvCopy> env_in(const Instruction& instruction) {
  const auto copy = read_copy(instruction);
  if (!copy || std::any_of(copy->excluded.begin(), copy->excluded.end(), is_env_at_top)) return std::nullopt;
  for (const std::string& source : copy->sources) {
    const std::string path = cleaned(source);
    // Some who write `COPY .env .` mean it; who copies everything hidden rarely does.
    if (path == ".env" || source.find("://") != source.npos) continue;
    const bool is_whole = path.empty() || path == "*";
    if (is_whole || is_env_at_top(path)) return EnvCopy{instruction.line, source, is_whole};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Copy> read_copy(const Instruction& instruction) {
  if (instruction.name != "COPY" && instruction.name != "ADD") return std::nullopt;
  std::string_view rest = instruction.arguments;
  Copy copy;
  if (!read_options(rest, copy)) return std::nullopt;
  copy.sources = read_list(rest);
  if (!copy.sources.empty()) copy.sources.pop_back();  // where they go
  return copy;
}

std::optional<EnvCopy> copy_with_env(std::string_view dockerfile) {
  for (const Instruction& instruction : read_dockerfile(dockerfile)) {
    if (auto found = env_in(instruction)) return found;
  }
  return std::nullopt;
}

}  // namespace sluice::policy
