#include "app/configuration_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/compare.h"

namespace sluice::app {
namespace {

constexpr std::size_t most_tables = 20;
constexpr std::size_t most_rows = 2000;

bool is_html(const std::string& output) {
  return output == "html" || output.starts_with("html=") || output.ends_with(".html") ||
         output.ends_with(".htm");
}

}  // namespace

bool shows_tables(const Options& options) {
  return std::any_of(options.formats.begin(), options.formats.end(), is_html) ||
         std::any_of(options.outputs.begin(), options.outputs.end(), is_html);
}

std::vector<const config::Merged*> Columns::all() const {
  std::vector<const config::Merged*> columns;
  for (const config::Merged& one : configurations) columns.push_back(&one);
  return columns;
}

Columns columns_of(const config::Folder& folder, const config::Options& options) {
  Columns columns;
  columns.configurations.push_back(config::merged(folder, nullptr, options));
  columns.names.emplace_back("base");
  for (const config::Source& source : folder.environments) {
    columns.configurations.push_back(config::merged(folder, &source, options));
    columns.names.push_back(source.environment);
  }
  return columns;
}

void add_tables(const std::vector<config::Folder>& folders, const config::Options& options, Scope& scope) {
  for (const config::Folder& folder : folders) {
    if (folder.base() == nullptr || scope.tables.size() == most_tables) continue;
    const Columns columns = columns_of(folder, options);
    Table table = config::matrix(columns.all(), columns.names, true, most_rows);
    table.title = fmt::format("{}: {}", folder.base()->path(), folder.layout);
    if (table.rows.size() == most_rows) table.title += fmt::format(" (the first {} keys)", most_rows);
    scope.tables.push_back(std::move(table));
  }
}

}  // namespace sluice::app
