#include "deploy/notebook.h"

#include <vector>

#include "base/text.h"

namespace sluice::deploy {
namespace {

using document::Node;

// `source` and the like are a text or a list of texts that are joined.
std::vector<NotebookLine> lines_of(const Node& text) {
  std::vector<NotebookLine> lines;
  const auto add = [&](const Node& node) {
    std::string_view rest = node.text;
    if (rest.ends_with('\n')) rest.remove_suffix(1);
    for (const std::string_view line : base::split(rest, '\n')) lines.push_back({line, node.mark});
  };
  if (text.kind == document::Kind::scalar) add(text);
  for (const Node& item : text.items)
    if (item.kind == document::Kind::scalar) add(item);
  return lines;
}

void for_each_code_cell(const Node& notebook, const std::function<void(const Node&)>& visit) {
  const Node* const cells = notebook.find("cells");
  if (cells == nullptr) return;
  for (const Node& cell : cells->items) {
    const Node* const type = cell.find("cell_type");
    if (type != nullptr && type->text == "code") visit(cell);
  }
}

}  // namespace

void for_each_code_line(const Node& notebook,
                        const std::function<void(const NotebookLine&)>& visit) {
  for_each_code_cell(notebook, [&](const Node& cell) {
    const Node* const source = cell.find("source");
    if (source == nullptr) return;
    for (const NotebookLine& line : lines_of(*source)) visit(line);
  });
}

void for_each_output(const Node& notebook,
                     const std::function<void(const std::vector<NotebookLine>& lines)>& visit) {
  for_each_code_cell(notebook, [&](const Node& cell) {
    const Node* const outputs = cell.find("outputs");
    if (outputs == nullptr) return;
    for (const Node& output : outputs->items) {
      const Node* text = output.find("text");
      const Node* const data = output.find("data");
      if (data != nullptr) text = data->find("text/plain");
      if (text != nullptr) visit(lines_of(*text));
    }
  });
}

}  // namespace sluice::deploy
