#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/configuration.h"
#include "app/output.h"
#include "config/merged.h"
#include "config/show.h"

namespace sluice::app {

Action define_config_show(CLI::App& cli) {
  const auto arguments = define_configuration(cli);
  const auto form = std::make_shared<std::string>("tree");
  cli.add_option("-e,--env", arguments->environment, "The environment; without it the base alone")
      ->type_name("ENV");
  cli.add_option("--as", *form, "tree, yaml or json")
      ->check(CLI::IsMember({"tree", "yaml", "json"}).description(""))
      ->capture_default_str();
  return [arguments, form](const Options& options) {
    const auto configuration = read_configuration(options, *arguments);
    if (!configuration) return 2;
    const config::Source* environment = nullptr;
    if (!arguments->environment.empty()) {
      environment = choose_environment(configuration->folder, arguments->environment);
      if (environment == nullptr) return 2;
    }
    config::ShowOptions show;
    show.format = *form == "yaml"   ? config::ShowFormat::yaml
                  : *form == "json" ? config::ShowFormat::json
                                    : config::ShowFormat::tree;
    show.redact = arguments->redact;
    show.color = use_color(options);
    const config::Merged root = config::merged(configuration->folder, environment,
                                               configuration->session->policy().config);
    return write_stdout(config::show(root, show)) ? 0 : 2;
  };
}

}  // namespace sluice::app
