#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/session.h"
#include "config/folder.h"

namespace sluice::app {

/// What the commands that show a configuration have in common.
struct ConfigurationArguments {
  std::string path = ".";
  std::string environment;
  bool redact = true;
};

/// A configuration as it was read: one base with its environments.
struct Configuration {
  std::unique_ptr<Session> session;
  std::vector<config::File> files;  ///< what `folder` borrows
  config::Folder folder;
};

/// Adds `--path` and `--no-redact` to `cli`.
std::shared_ptr<ConfigurationArguments> define_configuration(CLI::App& cli);

/// Reads the one configuration at or below `arguments.path`. Prints errors; nothing when there is none,
/// when there are several (they are listed), or when a file of it cannot be read.
std::unique_ptr<Configuration> read_configuration(const Options& options,
                                                  const ConfigurationArguments& arguments);

/// The environment of that name; prints an error that lists those there are, and gives null.
const config::Source* choose_environment(const config::Folder& folder, const std::string& name);

}  // namespace sluice::app
