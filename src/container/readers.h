#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "container/container.h"

/// One reader a kind; see open().
namespace sluice::container {

Status read_archive(std::string_view bytes, Budget& budget, Visitor& visitor);
Status read_database(std::string_view bytes, Budget& budget, Visitor& visitor);
Status read_notebook(std::string_view bytes, Budget& budget, Visitor& visitor);
Status read_bytecode(std::string_view bytes, Budget& budget, Visitor& visitor);
Status read_pdf(std::string_view bytes, Budget& budget, Visitor& visitor);

/// Counts an entry of `size` bytes; false, and `visitor` is told, when that is over the budget.
bool spend(Budget& budget, std::uint64_t size, Visitor& visitor);

/// The text of an office document's XML: tags left out, a line for each paragraph, row and cell, entities
/// decoded. Nothing for other parts of such a document, and for other texts.
std::optional<std::string> text_of_office_part(std::string_view name, std::string_view bytes);

/// The texts among a .pyc's constants, one a line.
std::string constants_of(std::string_view bytecode);

}  // namespace sluice::container
