#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <map>
#include <memory>
#include <utility>

#include "app/commands/define.h"
#include "app/print_error.h"
#include "app/private_file.h"
#include "app/resolved.h"
#include "app/supervisor.h"
#include "base/text.h"
#include "secrets/core_dumps.h"

namespace sluice::app {
namespace {

constexpr const char* mount_variable = "SLUICE_CONFIG_FILE";

struct RunArguments {
  ResolveOptions what;
  bool all = false;
  bool mount = false;
  std::string mount_format = "json";
  bool mask = false;
  bool watch = false;
  std::string on_change = "restart";
  int refresh_seconds = 300;

  bool is_supervised() const { return mount || mask || watch; }
};

const std::map<std::string, int>& signal_names() {
  static const std::map<std::string, int> names = {
      {"HUP", SIGHUP}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2}, {"INT", SIGINT}, {"TERM", SIGTERM}};
  return names;
}

bool have_same_values(const secrets::Values& a, const secrets::Values& b) {
  for (const auto& [node, value] : a) {
    const auto other = b.find(node);
    if (other == b.end() || other->second != value) return false;
  }
  return a.size() == b.size();
}

// One run of the command: what it is given, and how that is made anew when secrets change.
class CommandRun {
 public:
  CommandRun(const std::vector<std::string>& command, const RunArguments& arguments,
             Resolved& resolved)
      : command_(command), arguments_(arguments), resolved_(resolved) {}

  Status prepare_mount() {
    if (!arguments_.mount) return {};
    SLUICE_TRY_ASSIGN(PrivateFile file, PrivateFile::create("config." + arguments_.mount_format));
    file_.emplace(std::move(file));
    return {};
  }

  tl::expected<void, std::vector<Error>> resolve() {
    auto found = resolved_.resolve();
    if (!found) return tl::unexpected<std::vector<Error>>(std::move(found.error()));
    values_ = std::move(found->values);
    versions_ = found->versions;
    (void)history_.believes(versions_);
    const Status status = publish();
    if (!status) return tl::unexpected<std::vector<Error>>(std::vector<Error>{status.error()});
    return {};
  }

  ChildEnvironment environment() const { return ChildEnvironment(variables_); }

  Supervision supervision() {
    Supervision plan;
    plan.command = command_;
    plan.environment = [this] { return environment(); };
    if (arguments_.mask) plan.masked = [this] { return masked_values(); };
    if (!arguments_.watch) return plan;
    plan.refresh_seconds = arguments_.refresh_seconds;
    plan.has_changed = [this] { return refresh(); };
    const auto known = signal_names().find(arguments_.on_change);
    plan.rotation = known == signal_names().end() ? Rotation::restart : Rotation::signal;
    plan.rotation_signal = known == signal_names().end() ? 0 : known->second;
    return plan;
  }

 private:
  // Writes the mounted file and makes the variables of `values_`.
  Status publish() {
    const EnvironmentConfiguration& configuration = resolved_.configuration();
    std::vector<secrets::Variable> variables;
    if (!arguments_.mount || arguments_.all) {
      SLUICE_TRY_ASSIGN(variables,
                        secrets::to_variables(configuration.root, values_, !arguments_.all));
    }
    if (file_) {
      SLUICE_TRY_ASSIGN(const auto text, arguments_.mount_format == "json"
                                             ? secrets::render_json(configuration.root, values_)
                                             : secrets::render_yaml(configuration.root, values_));
      SLUICE_TRY(file_->write(secrets::reveal(text)));
      variables.push_back({mount_variable, {}, secrets::secure_copy(file_->path()), false});
    }
    variables.push_back({"APP_ENV", {}, secrets::secure_copy(configuration.environment), false});
    variables_ = std::move(variables);
    return {};
  }

  std::vector<secrets::SecureBytes> masked_values() const {
    std::vector<secrets::SecureBytes> list;
    for (const auto& [node, value] : values_) list.push_back(value);
    return list;
  }

  // Asks for the secrets again. What cannot be had now leaves the command with what it has.
  bool refresh() {
    auto found = resolved_.resolve();
    if (!found) {
      for (Error error : found.error()) {
        error.what = "secrets not refreshed: " + error.what;
        print_error(error);
      }
      return false;
    }
    if (!history_.believes(found->versions)) return false;
    const secrets::Versions before = std::exchange(versions_, std::move(found->versions));
    if (have_same_values(values_, found->values)) return false;
    tell_promoted(before, versions_);
    values_ = std::move(found->values);
    if (const Status status = publish(); !status) {
      print_error(status.error());
      return false;
    }
    return true;
  }

  // Which secrets have new versions; of others no version is known.
  static void tell_promoted(const secrets::Versions& before, const secrets::Versions& now) {
    for (const auto& [secret, version] : now) {
      const auto old = before.find(secret);
      if (old != before.end() && old->second != version)
        fmt::print(stderr, "sluice: {}: version {} took the place of {}\n",
                   base::escape_for_terminal(secret), version, old->second);
    }
  }

  const std::vector<std::string>& command_;
  const RunArguments& arguments_;
  Resolved& resolved_;
  secrets::Values values_;
  secrets::Versions versions_;  // of `values_`
  secrets::VersionHistory history_;
  std::vector<secrets::Variable> variables_;
  std::optional<PrivateFile> file_;
};

Result<Ending> run_supervised(CommandRun& run) { return supervise(run.supervision()); }

int run_command(const Options& options, const RunArguments& arguments) {
  if (options.command.empty())
    return print_errors({{ErrorKind::invalid_input, "there is no command", {},
                          "write it behind --: sluice run --env dev -- COMMAND"}});
  secrets::forbid_core_dumps();
  Ending ending;
  {
    auto resolved = Resolved::open(options, arguments.what);
    if (!resolved) return print_errors(resolved.error());
    CommandRun run(options.command, arguments, **resolved);
    if (const Status status = run.prepare_mount(); !status) return print_errors({status.error()});
    if (const auto found = run.resolve(); !found) return print_errors(found.error());
    if (!arguments.is_supervised())
      return print_errors({execute(options.command, run.environment())});
    const auto ended = run_supervised(run);
    if (!ended) return print_errors({ended.error()});
    ending = *ended;
  }
  end_like(ending);  // the mounted file is gone by now
}

std::vector<std::string> reactions() {
  std::vector<std::string> list = {"restart"};
  for (const auto& [name, number] : signal_names()) list.push_back(name);
  return list;
}

}  // namespace

Action define_run(CLI::App& cli) {
  const auto arguments = std::make_shared<RunArguments>();
  add_resolve_options(cli, arguments->what);
  cli.add_flag("--all", arguments->all,
               "Hand over every value as a variable, not the secrets alone");
  cli.add_flag("--mount", arguments->mount,
               "Hand over a private file instead, whose path is in SLUICE_CONFIG_FILE");
  cli.add_option("--mount-format", arguments->mount_format, "json (default) or yaml")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"json", "yaml"}).description(""));
  cli.add_flag("--mask", arguments->mask, "Replace secrets in what the command prints by [masked]");
  cli.add_flag("--watch", arguments->watch,
               "Ask for the secrets again and again, and act when they change");
  cli.add_option("--refresh", arguments->refresh_seconds,
                 "Seconds between two looks of --watch (default: 300)")
      ->type_name("SECONDS")
      ->check(CLI::Range(1, 86400).description(""));
  cli.add_option("--on-change", arguments->on_change,
                 "What --watch does: restart (default), or the signal HUP, USR1, USR2, INT or TERM")
      ->type_name("ACTION")
      ->check(CLI::IsMember(reactions()).description(""));
  return [arguments](const Options& options) { return run_command(options, *arguments); };
}

}  // namespace sluice::app
