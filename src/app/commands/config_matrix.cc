#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/configuration.h"
#include "app/configuration_tables.h"
#include "app/output.h"
#include "config/compare.h"

namespace sluice::app {

Action define_config_matrix(CLI::App& cli) {
  const auto arguments = define_configuration(cli);
  return [arguments](const Options& options) {
    const auto configuration = read_configuration(options, *arguments);
    if (!configuration) return 2;
    const config::Folder& folder = configuration->folder;
    const Columns columns = columns_of(folder, configuration->session->policy().config);
    return write_stdout(config::matrix_table(columns.all(), columns.names, arguments->redact)) ? 0 : 2;
  };
}

}  // namespace sluice::app
