#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "app/cached_history.h"
#include "app/commands/define.h"
#include "app/history_arguments.h"
#include "app/history_runs.h"
#include "app/print_error.h"
#include "app/run_key.h"

namespace sluice::app {
namespace {

constexpr std::uint32_t most_shards = 65'536;

// `3/16`, counted from 1. Errors: invalid_input.
Result<pack::Shard> parse_shard(const std::string& text) {
  pack::Shard shard;
  const char* const end = text.data() + text.size();
  const auto [slash, first] = std::from_chars(text.data(), end, shard.number);
  const bool has_slash = first == std::errc() && slash != end && *slash == '/';
  const auto [stop, second] = std::from_chars(has_slash ? slash + 1 : end, end, shard.count);
  if (!has_slash || second != std::errc() || stop != end || shard.number < 1 ||
      shard.number > shard.count || shard.count > most_shards) {
    return fail(ErrorKind::invalid_input, fmt::format("'{}' names no shard", text), "--shard",
                fmt::format("write NUMBER/COUNT, from 1/{0} to {0}/{0}", 16));
  }
  return shard;
}

// A shard's report is an intermediate file that lies about until all are joined.
Status check_shard(const HistoryArguments& arguments, const Options& options) {
  if (arguments.engine != "fast")
    return fail(ErrorKind::refused, "only the fast engine can do a part of a history", "--shard");
  if (!options.redact)
    return fail(ErrorKind::refused, "the report of a shard holds no secret", "--no-redact",
                "leave it out; the joined report names each place");
  return {};
}

Result<ShardRecord> shard_record(const Session& session, const pack::Shard& shard) {
  SLUICE_TRY_ASSIGN(const RunKey key, run_key(session));
  return ShardRecord{shard.number, shard.count, key.repository, key.rules, key.policy, {}};
}

Status set_shard(const HistoryArguments& arguments, Session& session, Run& run) {
  if (arguments.shard.empty()) return {};
  SLUICE_TRY(check_shard(arguments, session.options()));
  SLUICE_TRY_ASSIGN(session.source_options().shard, parse_shard(arguments.shard));
  SLUICE_TRY_ASSIGN(run.shard, shard_record(session, session.source_options().shard));
  return {};
}

// A cache is of one whole object database.
Status check_cache(const HistoryArguments& arguments, const Options& options) {
  if (arguments.is_about_many())
    return fail(ErrorKind::refused, "a cache is of one repository", "--cache", "use --resume for several");
  if (arguments.reachable || !arguments.shard.empty() || arguments.engine != "fast")
    return fail(ErrorKind::refused, "a cache is of the whole object database, read by the fast engine", "--cache",
                "leave out --reachable, --shard and --engine");
  if (!options.redact)
    return fail(ErrorKind::refused, "a cache holds no secret", "--no-redact",
                "leave it out, or --cache; the report names each place");
  return {};
}

int audit_history(const HistoryArguments& arguments, const Options& options) {
  const Status cache = arguments.cache ? check_cache(arguments, options) : Status{};
  if (!cache) {
    print_error(cache.error());
    return 2;
  }
  if (arguments.is_about_many()) return audit_listed(arguments, options);
  const auto session = Session::open(options, Session::Needs::repository);
  if (!session) return 2;
  arguments.apply_to(*session);
  if (arguments.cache) return run_report_and_leave(*session, cached_history_run(*session, *arguments.cache));
  Run run = history_run(*session);
  if (const Status status = set_shard(arguments, *session, run); !status) {
    print_error(status.error());
    return 2;
  }
  return run_report_and_leave(*session, run);
}

}  // namespace

Action define_history(CLI::App& cli) {
  const auto arguments = std::make_shared<HistoryArguments>();
  cli.add_flag("--reachable", arguments->reachable, "Only what refs and reflogs reach");
  cli.add_option("--engine", arguments->engine,
                 "How objects are read: fast, or simple (the oracle it is tested against)")
      ->type_name("NAME")
      ->check(CLI::IsMember({"fast", "simple"}).description(""));
  cli.add_option("--shard", arguments->shard,
                 "Only this part of the objects, such as 3/16; see 'sluice report merge'")
      ->type_name("I/N");
  cli.add_option("REPO", arguments->repositories, "Repositories (default: the one here)");
  cli.add_option("--repos", arguments->list, "Repositories too: a file that lists them, one a line; - for standard input")
      ->type_name("FILE");
  cli.add_option("--resume", arguments->resume,
                 "Keep each repository's report in DIR, and take it from there while nothing has changed")
      ->type_name("DIR");
  cli.add_option("--cache", arguments->cache,
                 "Keep in FILE what was found, and next time look only at what has come since")
      ->type_name("FILE");
  return [arguments](const Options& options) { return audit_history(*arguments, options); };
}

}  // namespace sluice::app
