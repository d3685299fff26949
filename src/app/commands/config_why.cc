#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/configuration.h"
#include "app/output.h"
#include "app/print_error.h"
#include "config/compare.h"

namespace sluice::app {

Action define_config_why(CLI::App& cli) {
  const auto arguments = define_configuration(cli);
  const auto key = std::make_shared<std::string>();
  cli.add_option("KEY", *key, "A dotted key: model.layers")->required();
  cli.add_option("-e,--env", arguments->environment, "The environment")->type_name("ENV")->required();
  return [arguments, key](const Options& options) {
    const auto configuration = read_configuration(options, *arguments);
    if (!configuration) return 2;
    const config::Source* environment =
        choose_environment(configuration->folder, arguments->environment);
    if (environment == nullptr) return 2;
    const config::Merged root = config::merged(configuration->folder, environment,
                                               configuration->session->policy().config);
    std::string near;
    const auto text = config::why(root, *key, arguments->redact, near);
    if (text) return write_stdout(*text) ? 0 : 2;
    print_error({ErrorKind::not_found, fmt::format("no value has the key '{}'", *key), "",
                 near.empty() ? "see 'sluice config show'" : fmt::format("did you mean '{}'?", near)});
    return 2;
  };
}

}  // namespace sluice::app
