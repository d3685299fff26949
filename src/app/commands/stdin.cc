#include <unistd.h>

#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/print_error.h"
#include "app/runs.h"
#include "base/file.h"

namespace sluice::app {

Action define_stdin(CLI::App& cli) {
  const auto path = std::make_shared<std::string>();
  cli.add_option("--path", *path, "The name its rules and findings go by")->type_name("NAME");
  return [path](const Options& options) {
    const auto session = Session::open(options, Session::Needs::nothing);
    if (!session) return 2;
    auto text = base::read_all(STDIN_FILENO, "standard input");
    if (!text) {
      print_error(text.error());
      return 2;
    }
    return run_report_and_leave(*session, text_run("stdin", OriginKind::input, std::move(*text), *path));
  };
}

}  // namespace sluice::app
