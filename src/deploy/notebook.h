#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "document/node.h"

namespace sluice::deploy {

/// A line of a cell's source or of what it printed.
struct NotebookLine {
  std::string_view text;  ///< unescaped, without its line end
  document::Mark at;      ///< of the JSON string that holds it
};

/// Calls `visit` for each line of the sources of code cells (nbformat 4, "Code cells").
void for_each_code_line(const document::Node& notebook,
                        const std::function<void(const NotebookLine&)>& visit);

/// Calls `visit` for each text that a code cell's outputs show (streams, results, displays), with its
/// lines, `text/plain` alone of what comes in several forms.
void for_each_output(
    const document::Node& notebook,
    const std::function<void(const std::vector<NotebookLine>& lines)>& visit);

}  // namespace sluice::deploy
