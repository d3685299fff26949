#include "deploy/hcl.h"

#include <algorithm>

#include "base/text.h"

namespace sluice::deploy {
namespace {

constexpr std::size_t deepest = 64;

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

// The text between the quotes that `text` begins with, if only a comment follows.
bool take_text(std::string_view text, std::string& value) {
  if (!text.starts_with('"')) return false;
  std::size_t end = 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  if (end >= text.size()) return false;
  value = text.substr(1, end - 1);
  const std::string_view rest = base::trim(text.substr(end + 1));
  return rest.empty() || rest.starts_with('#') || rest.starts_with("//") || rest.starts_with(',');
}

std::string here_document(std::string_view line) {
  const std::size_t at = line.find("<<");
  if (at == line.npos) return {};
  std::string_view word = line.substr(at + 2);
  if (word.starts_with('-')) word.remove_prefix(1);
  word = base::trim(word);
  return is_name(word) ? std::string(word) : std::string();
}

// Where the quoted text that begins at `at` ends, its closing quote included.
std::size_t behind_quoted(std::string_view line, std::size_t at) {
  for (++at; at < line.size() && line[at] != '"'; ++at)
    if (line[at] == '\\') ++at;
  return std::min(at + 1, line.size());
}

// The pieces of `head { name = "text" }`, as if each stood on a line of its own; a line without a
// whole pair of braces stays one piece.
template <class Visit>
void for_each_piece(std::string_view line, Visit visit) {
  const std::size_t open = line.find('{');
  if (open == line.npos || line.find('}', open) == line.npos) return visit(line);
  std::size_t start = 0;
  const auto cut = [&](std::size_t end) {
    const std::string_view piece = base::trim(line.substr(start, end - start));
    if (!piece.empty()) visit(piece);
    start = end;
  };
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (c == '"') {
      at = behind_quoted(line, at);
      continue;
    }
    if (c == '#' || line.substr(at).starts_with("//")) {
      line = line.substr(0, at);
      break;
    }
    if (c == '}') cut(at);
    ++at;
    if (c == '{' || c == ',') cut(at);
  }
  cut(line.size());
}

// Calls `visit(line, number)` for each line or piece of one that is neither blank, nor comment, nor part of a
// here-document.
template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  std::string end_word;
  bool in_comment = false;
  std::uint32_t number = 0;
  for (const std::string_view raw : base::split(text, '\n')) {
    ++number;
    const std::string_view line = base::trim(raw);
    if (!end_word.empty()) {
      if (line == end_word) end_word.clear();
      continue;
    }
    if (in_comment || line.starts_with("/*")) {
      in_comment = line.find("*/") == line.npos;
      continue;
    }
    if (line.empty() || line.starts_with('#') || line.starts_with("//")) continue;
    end_word = here_document(line);
    for_each_piece(line, [&](std::string_view piece) { visit(piece, number); });
  }
}

// `name = expression`; an empty name where the line is none.
std::pair<std::string_view, std::string_view> assignment(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == line.npos) return {};
  const std::string_view name = base::trim(line.substr(0, equals));
  if (!is_name(name)) return {};
  return {name, base::trim(line.substr(equals + 1))};
}

}  // namespace

std::vector<HclAttribute> read_hcl(std::string_view text) {
  std::vector<HclAttribute> found;
  std::vector<std::string> blocks;
  for_each_line(text, [&](std::string_view line, std::uint32_t number) {
    const auto [name, expression] = assignment(line);
    std::string value;
    if (!name.empty() && take_text(expression, value)) {
      found.push_back(
          {blocks.empty() ? "" : blocks.back(), std::string(name), std::move(value), number});
      return;
    }
    if (line.ends_with('{') && blocks.size() < deepest)
      blocks.emplace_back(base::trim(line.substr(0, line.size() - 1)));
    if (line.starts_with('}') && !blocks.empty()) blocks.pop_back();
  });
  return found;
}

std::string_view HclBlock::find(std::string_view name) const {
  for (const auto& [key, expression] : attributes)
    if (key == name) return expression;
  return {};
}

std::vector<HclBlock> read_hcl_blocks(std::string_view text) {
  std::vector<HclBlock> blocks;
  std::size_t depth = 0;
  for_each_line(text, [&](std::string_view line, std::uint32_t number) {
    const auto [name, expression] = assignment(line);
    if (depth == 1 && !name.empty())
      blocks.back().attributes.emplace_back(std::string(name), std::string(expression));
    if (line.starts_with('}') && depth > 0) --depth;
    if (line.ends_with('{') && ++depth == 1)
      blocks.push_back({std::string(base::trim(line.substr(0, line.size() - 1))), number, {}});
  });
  return blocks;
}

}  // namespace sluice::deploy
