#include "app/configuration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/print_error.h"
#include "app/tree_checks.h"
#include "config/merged.h"

namespace sluice::app {
namespace {

// Tells what could not be read.
class Printer : public FindingSink {
 public:
  void add(Finding) override {}
  void add(Problem problem) override {
    print_error({ErrorKind::unreadable, problem.what, problem.where, problem.remedy});
  }
};

std::string first_path(const config::Folder& folder) {
  return folder.bases.empty() ? folder.environments.front().path() : folder.bases.front().path();
}

bool is_readable(const config::Folder& folder) {
  bool is_readable = true;
  config::for_each_source(folder, [&](const config::Source& source) {
    if (source.is_read()) return;
    print_error(source.document->error());
    is_readable = false;
  });
  return is_readable;
}

// The folder that is meant: the only one, or the one that holds the named file.
config::Folder* choose(std::vector<config::Folder>& folders, const std::string& path) {
  if (folders.size() == 1) return &folders.front();
  std::vector<std::string> paths;
  for (config::Folder& folder : folders) {
    bool is_named = false;
    config::for_each_source(
        folder, [&](const config::Source& source) { is_named = is_named || source.path() == path; });
    if (is_named) return &folder;
    paths.push_back(first_path(folder));
  }
  print_error({ErrorKind::invalid_input, "there are several configurations here", path,
               fmt::format("name one of them with --path: {}", fmt::join(paths, ", "))});
  return nullptr;
}

}  // namespace

std::shared_ptr<ConfigurationArguments> define_configuration(CLI::App& cli) {
  const auto arguments = std::make_shared<ConfigurationArguments>();
  cli.add_option("--path", arguments->path, "The folder that holds the configuration, or a file of it")
      ->type_name("PATH")
      ->capture_default_str();
  cli.add_flag("--redact,!--no-redact", arguments->redact,
               "Leave out values of keys that look like a secret's (default), or show them");
  return arguments;
}

std::unique_ptr<Configuration> read_configuration(const Options& options,
                                                  const ConfigurationArguments& arguments) {
  auto configuration = std::make_unique<Configuration>();
  configuration->session = Session::open(options, Session::Needs::nothing);
  if (!configuration->session) return nullptr;
  Printer printer;
  auto files = read_config_files(*configuration->session, {arguments.path}, printer);
  if (!files) {
    print_error(files.error());
    return nullptr;
  }
  configuration->files = std::move(*files);
  auto folders =
      config::read_folders(configuration->files, configuration->session->policy().config);
  std::erase_if(folders, [](const config::Folder& folder) { return folder.bases.empty(); });
  if (folders.empty()) {
    print_error({ErrorKind::not_found, "no base to merge onto", arguments.path,
                 "write the base beside the environments' files"});
    return nullptr;
  }
  config::Folder* chosen = choose(folders, arguments.path);
  if (chosen == nullptr || !is_readable(*chosen)) return nullptr;
  configuration->folder = std::move(*chosen);
  return configuration;
}

const config::Source* choose_environment(const config::Folder& folder, const std::string& name) {
  if (const config::Source* found = config::find_environment(folder, name)) return found;
  std::vector<std::string> names;
  for (const config::Source& source : folder.environments) names.push_back(source.environment);
  print_error({ErrorKind::not_found, fmt::format("there is no environment '{}'", name), folder.path,
               fmt::format("there are: {}", fmt::join(names, ", "))});
  return nullptr;
}

}  // namespace sluice::app
