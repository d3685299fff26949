#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/configuration.h"
#include "app/output.h"
#include "config/compare.h"

namespace sluice::app {

Action define_config_matrix(CLI::App& cli) {
  const auto arguments = define_configuration(cli);
  return [arguments](const Options& options) {
    const auto configuration = read_configuration(options, *arguments);
    if (!configuration) return 2;
    const config::Folder& folder = configuration->folder;
    const config::Options& policy = configuration->session->policy().config;
    std::vector<config::Merged> all = {config::merged(folder, nullptr, policy)};
    std::vector<std::string> names = {"base"};
    for (const config::Source& source : folder.environments) {
      all.push_back(config::merged(folder, &source, policy));
      names.push_back(source.environment);
    }
    std::vector<const config::Merged*> columns;
    for (const config::Merged& one : all) columns.push_back(&one);
    return write_stdout(config::matrix_table(columns, names, arguments->redact)) ? 0 : 2;
  };
}

}  // namespace sluice::app
