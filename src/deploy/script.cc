#include "deploy/script.h"

namespace sluice::deploy {

void for_each_script_line(const File& file, const document::Node& run,
                          const std::function<void(std::string_view, document::Mark)>& visit) {
  for (std::uint32_t line = run.mark.line; line <= run.end.line && line <= file.lines.size();
       ++line) {
    const std::string_view text = file.lines[line - 1];
    if (line == run.end.line && run.end.column == 1)
      break;  // a block scalar ends at the start of the next line
    visit(text, {line, 1});
  }
}

}  // namespace sluice::deploy
