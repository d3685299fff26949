#include "deploy/script.h"

namespace sluice::deploy {

void for_each_script_line(const File& file, const document::Node& run,
                          const std::function<void(std::string_view, document::Mark)>& visit) {
  for (std::uint32_t line = run.mark.line; line <= run.end.line && line <= file.lines.size();
       ++line) {
    if (line == run.end.line && run.end.column == 1)
      break;  // a block scalar ends at the start of the next line
    std::string_view text = file.lines[line - 1];
    // A plain or quoted script shares its first line with its key, and its last one with what
    // follows in `{run: x, env: {}}`.
    if (line == run.end.line) text = text.substr(0, run.end.column - 1);
    const std::size_t start = line == run.mark.line ? run.mark.column - 1 : 0;
    if (start > text.size()) continue;
    visit(text.substr(start), {line, static_cast<std::uint32_t>(start + 1)});
  }
}

}  // namespace sluice::deploy
