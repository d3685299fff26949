#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <climits>
#include <memory>

#include "app/commands/define.h"
#include "app/output.h"
#include "app/print_error.h"
#include "app/resolved.h"
#include "app/unpublished.h"
#include "base/file.h"
#include "secrets/core_dumps.h"

namespace sluice::app {
namespace {

struct RenderArguments {
  ResolveOptions what;
  std::string format = "yaml";
  std::string output;
  bool secrets = false;
  bool origins = false;
  bool anywhere = false;
};

// Where standard output goes, when that is a file.
std::string standard_output_file() {
  struct stat info;
  if (::fstat(STDOUT_FILENO, &info) != 0 || !S_ISREG(info.st_mode)) return {};
  char path[PATH_MAX];
  const ssize_t length = ::readlink("/proc/self/fd/1", path, sizeof path);
  return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : std::string();
}

// Secrets go to a pipe, or to a file that Git would not take; anywhere else only if asked for.
Status check_place(const RenderArguments& arguments, const git::Repository* repository) {
  if (!arguments.secrets || arguments.anywhere) return {};
  if (arguments.output.empty() && ::isatty(STDOUT_FILENO) != 0)
    return fail(ErrorKind::refused, "secrets are not shown on a terminal", {},
                "write them to a file with -o, or give --anywhere");
  const std::string file = arguments.output.empty() ? standard_output_file() : arguments.output;
  if (file.empty()) return {};
  Status status = check_unpublished(repository, file);
  if (!status) status.error().remedy += "; or give --anywhere";
  return status;
}

Result<secrets::SecureBytes> render_configuration(const RenderArguments& arguments,
                                                  const EnvironmentConfiguration& configuration,
                                                  const secrets::Values& values) {
  if (arguments.format == "json") return secrets::render_json(configuration.root, values);
  if (arguments.format == "env") {
    SLUICE_TRY_ASSIGN(const auto variables,
                      secrets::to_variables(configuration.root, values, false));
    return secrets::render_env(variables);
  }
  secrets::Origins origins;
  if (arguments.origins)
    origins = [&](const document::Node& node) {
      const auto found = configuration.origins.find(&node);
      return found == configuration.origins.end() ? std::string() : found->second;
    };
  return secrets::render_yaml(configuration.root, values, origins);
}

Status write_rendering(const RenderArguments& arguments, const secrets::SecureBytes& text) {
  if (arguments.output.empty()) return write_stdout(secrets::reveal(text));
  SLUICE_TRY(base::write_file(arguments.output, secrets::reveal(text), 0600));
  // A file that was there keeps its mode, which may let others read it.
  if (arguments.secrets && ::chmod(arguments.output.c_str(), 0600) != 0)
    return fail(ErrorKind::io, "cannot make the file private", arguments.output);
  return {};
}

int run_render(const Options& options, const RenderArguments& arguments) {
  auto resolved = Resolved::open(options, arguments.what);
  if (!resolved) return print_errors(resolved.error());
  if (const Status status = check_place(arguments, (*resolved)->repository()); !status)
    return print_errors({status.error()});
  secrets::Values values;
  if (arguments.secrets) {
    secrets::forbid_core_dumps();
    auto found = (*resolved)->resolve();
    if (!found) return print_errors(found.error());
    values = std::move(found->values);
  }
  const auto text = render_configuration(arguments, (*resolved)->configuration(), values);
  if (!text) return print_errors({text.error()});
  const Status status = write_rendering(arguments, *text);
  return status ? 0 : print_errors({status.error()});
}

}  // namespace

void add_resolve_options(CLI::App& cli, ResolveOptions& what) {
  cli.add_option("-e,--env", what.query.environment, "The environment (default: APP_ENV)")
      ->type_name("ENV");
  cli.add_option("--path", what.query.path,
                 "The folder that holds the configuration, or a file of it (default: the only one)")
      ->type_name("PATH");
  cli.add_option("--env-file", what.env_file,
                 "Take env:// from this file too (default in dev: the nearest .env)")
      ->type_name("FILE");
}

Action define_config_render(CLI::App& cli) {
  const auto arguments = std::make_shared<RenderArguments>();
  add_resolve_options(cli, arguments->what);
  cli.add_option("--format", arguments->format, "yaml (default), json or env")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"yaml", "json", "env"}).description(""));
  cli.add_flag("--secrets", arguments->secrets, "Put the secrets in place of their references");
  cli.add_flag("--origins", arguments->origins,
               "Say behind each value which line it comes from (yaml)");
  cli.add_option("-o,--output", arguments->output, "Write to FILE, which only you can read")
      ->type_name("FILE");
  cli.add_flag("--anywhere", arguments->anywhere,
               "Secrets may go to a terminal, or a file that Git would take");
  return [arguments](const Options& options) { return run_render(options, *arguments); };
}

}  // namespace sluice::app
