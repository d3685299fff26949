#pragma once

#include <string>
#include <vector>

#include "app/options.h"
#include "config/folder.h"
#include "config/merged.h"
#include "finding/audit.h"

namespace sluice::app {

/// True when a report that shows tables is asked for.
bool shows_tables(const Options& options);

/// Gives `scope` a table of keys and environments for each of `folders`; a large one is cut.
void add_tables(const std::vector<config::Folder>& folders, const config::Options& options, Scope& scope);

/// The base and each environment merged, with their names.
struct Columns {
  std::vector<config::Merged> configurations;
  std::vector<std::string> names;

  std::vector<const config::Merged*> all() const;
};
Columns columns_of(const config::Folder& folder, const config::Options& options);

}  // namespace sluice::app
