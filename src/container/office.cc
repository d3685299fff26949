#include <array>

#include "container/readers.h"

namespace sluice::container {
namespace {

// Where office documents keep what people wrote (ECMA-376 parts 1, OpenDocument 1.3 part 2).
bool is_office_part(std::string_view name) {
  if (!name.ends_with(".xml")) return false;
  return name.starts_with("word/") || name.starts_with("xl/") || name.starts_with("ppt/") || name == "content.xml";
}

// Elements that end a line or a value; others stand in the middle of a word.
bool ends_line(std::string_view tag) {
  constexpr std::array<std::string_view, 10> lines = {"/w:p",  "/a:p",   "/text:p",     "/text:h", "/si",
                                                      "/row",  "/c",     "/table:table-row", "w:br",   "text:line-break"};
  for (const std::string_view line : lines) {
    if (tag == line || (tag.starts_with(line) && (tag[line.size()] == ' ' || tag[line.size()] == '/'))) return true;
  }
  return false;
}

struct Entity {
  std::string_view name;
  char character;
};

constexpr Entity entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};

// The entity at the start of `text`, or null.
const Entity* entity_at(std::string_view text) {
  for (const Entity& entity : entities) {
    if (text.starts_with(entity.name)) return &entity;
  }
  return nullptr;
}

}  // namespace

std::optional<std::string> text_of_office_part(std::string_view name, std::string_view bytes) {
  if (!is_office_part(name) || !bytes.starts_with("<")) return std::nullopt;
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes[at] == '<') {
      const auto end = bytes.find('>', at);
      if (end == std::string_view::npos) break;
      const std::string_view tag = bytes.substr(at + 1, end - at - 1);
      if (ends_line(tag)) text += '\n';
      if (tag.starts_with("w:tab") || tag.starts_with("text:tab")) text += '\t';
      at = end + 1;
    } else if (const Entity* const entity = bytes[at] == '&' ? entity_at(bytes.substr(at, 6)) : nullptr) {
      text += entity->character;
      at += entity->name.size();
    } else {
      text += bytes[at++];
    }
  }
  return text;
}

}  // namespace sluice::container
