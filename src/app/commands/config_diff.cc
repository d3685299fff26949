#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/configuration.h"
#include "app/output.h"
#include "config/compare.h"

namespace sluice::app {

Action define_config_diff(CLI::App& cli) {
  const auto arguments = define_configuration(cli);
  const auto left = std::make_shared<std::string>();
  const auto right = std::make_shared<std::string>();
  cli.add_option("LEFT", *left, "An environment")->required();
  cli.add_option("RIGHT", *right, "Another one")->required();
  return [arguments, left, right](const Options& options) {
    const auto configuration = read_configuration(options, *arguments);
    if (!configuration) return 2;
    const config::Folder& folder = configuration->folder;
    const config::Source* first = choose_environment(folder, *left);
    const config::Source* second = first ? choose_environment(folder, *right) : nullptr;
    if (second == nullptr) return 2;
    const config::Options& policy = configuration->session->policy().config;
    const std::string text =
        config::diff_table(config::merged(folder, first, policy), config::merged(folder, second, policy),
                           first->environment, second->environment, arguments->redact);
    return write_stdout(text) ? 0 : 2;
  };
}

}  // namespace sluice::app
