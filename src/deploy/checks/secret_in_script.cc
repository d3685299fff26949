#include <fmt/format.h>

#include "deploy/checks.h"
#include "deploy/script.h"
#include "deploy/workflow.h"

namespace sluice::deploy {

// The runner puts the value into the script's text: quotes in it end the script's quotes, and the
// text is written to a file and to the log of a shell that traces.
void check_secret_in_script(const File& file, const Check& check, FindingSink& sink) {
  for_each_step(*file.root, [&](const Step& step) {
    if (step.run == nullptr) return;
    for_each_script_line(file, *step.run, [&](std::string_view line, document::Mark start) {
      for (const SecretUse& use : secret_uses(line)) {
        const document::Mark at = {start.line, static_cast<std::uint32_t>(start.column + use.offset)};
        sink.add(
            finding_of(check, file,
                       {at,
                        fmt::format("`secrets.{}` becomes part of the script's text", use.name),
                        use.name,
                        {}}));
      }
    });
  });
}

}  // namespace sluice::deploy
