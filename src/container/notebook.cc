#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "container/readers.h"

namespace sluice::container {
namespace {

using Json = nlohmann::json;

// A multi-line string of the format: a string, or a list of them.
std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  std::string text;
  if (value.is_array()) {
    for (const Json& line : value) {
      if (line.is_string()) text += line.get_ref<const std::string&>();
    }
  }
  return text;
}

const Json* member(const Json& value, const char* name) {
  const auto found = value.is_object() ? value.find(name) : value.end();
  return value.is_object() && found != value.end() ? &*found : nullptr;
}

// Gives the cells of one notebook (https://nbformat.readthedocs.io/en/latest/format_description.html).
class NotebookReader {
 public:
  NotebookReader(Budget& budget, Visitor& visitor) : budget_(budget), visitor_(visitor) {}

  void read_cells(const Json& owner) {
    const Json* const cells = member(owner, "cells");
    if (cells == nullptr || !cells->is_array()) return;
    for (const Json& cell : *cells) {
      if (!read_cell(cell)) return;
    }
  }

 private:
  bool give(const std::string& name, const Json* value) {
    if (value == nullptr) return true;
    const std::string text = text_of(*value);
    if (text.empty()) return true;
    if (!spend(budget_, text.size(), visitor_)) return false;
    visitor_.entry(name, text);
    return true;
  }

  bool read_cell(const Json& cell) {
    const std::string name = fmt::format("cell {}", ++number_);
    const Json* const source = member(cell, "source");
    if (!give(name, source != nullptr ? source : member(cell, "input"))) return false;
    const Json* const outputs = member(cell, "outputs");
    if (outputs == nullptr || !outputs->is_array()) return true;
    std::size_t number = 0;
    for (const Json& output : *outputs) {
      if (!read_output(output, fmt::format("{}, output {}", name, ++number))) return false;
    }
    return true;
  }

  bool read_output(const Json& output, const std::string& name) {
    for (const char* const key : {"text", "traceback", "evalue"}) {
      if (!give(name, member(output, key))) return false;
    }
    const Json* const data = member(output, "data");
    if (data == nullptr || !data->is_object()) return true;
    for (const auto& [type, value] : data->items()) {
      // Pictures are no text.
      if (type.starts_with("image/") && type != "image/svg+xml") continue;
      const Json text = value.is_object() ? Json(value.dump(-1, ' ', false, Json::error_handler_t::replace)) : value;
      if (!give(name, &text)) return false;
    }
    return true;
  }

  Budget& budget_;
  Visitor& visitor_;
  std::size_t number_ = 0;
};

}  // namespace

Status read_notebook(std::string_view bytes, Budget& budget, Visitor& visitor) {
  if (bytes.size() > budget.limits.entry_bytes) {
    visitor.limited(fmt::format("the notebook is larger than {} MiB", budget.limits.entry_bytes >> 20));
    return {};
  }
  const Json notebook = Json::parse(bytes, nullptr, false);
  // Its bytes are looked at in any case: a text that only looks like a notebook is nothing to complain of.
  if (!notebook.is_object()) return {};
  NotebookReader reader(budget, visitor);
  reader.read_cells(notebook);
  if (const Json* const sheets = member(notebook, "worksheets"); sheets != nullptr && sheets->is_array()) {
    for (const Json& sheet : *sheets) reader.read_cells(sheet);
  }
  return {};
}

}  // namespace sluice::container
