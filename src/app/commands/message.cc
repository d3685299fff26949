#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/commit_message.h"
#include "app/print_error.h"
#include "app/runs.h"
#include "base/file.h"

namespace sluice::app {
namespace {

// core.commentChar; `auto` lets Git choose, and then only `#` can be told apart.
Result<std::string> comment_prefix(const Session& session) {
  if (session.repository() == nullptr) return std::string("#");
  SLUICE_TRY_ASSIGN(const auto set, session.repository()->config_string("core.commentchar"));
  return set && *set != "auto" && !set->empty() ? *set : std::string("#");
}

Result<std::string> read_message(const Session& session, const std::string& file) {
  SLUICE_TRY_ASSIGN(const std::string prefix, comment_prefix(session));
  SLUICE_TRY_ASSIGN(const std::string text, base::read_file(file));
  return blank_comments(text, prefix);
}

}  // namespace

Action define_message(CLI::App& cli) {
  const auto file = std::make_shared<std::string>();
  cli.add_option("FILE", *file, "The message file Git gives the hook")->required();
  return [file](const Options& options) {
    const auto session = Session::open(options, Session::Needs::nothing);
    if (!session) return 2;
    auto text = read_message(*session, *file);
    if (!text) {
      print_error(text.error());
      return 2;
    }
    return run_report_and_leave(*session,
                          text_run("message", OriginKind::commit_message, std::move(*text), ""));
  };
}

}  // namespace sluice::app
