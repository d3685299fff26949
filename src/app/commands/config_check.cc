#include <fmt/format.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/commands/define.h"
#include "app/print_error.h"
#include "app/runs.h"
#include "app/tree_checks.h"
#include "base/file.h"
#include "base/text.h"
#include "config/fix.h"

namespace sluice::app {
namespace {

struct FixArguments {
  bool is_wanted = false;
  bool redundant = false;
};

// Taking memory page by page and giving it back in between would be a tenth of the time that a few files need.
void take_memory_in_large_pieces() {
  constexpr int megabyte = 1 << 20;
  ::mallopt(M_TOP_PAD, megabyte);
  ::mallopt(M_TRIM_THRESHOLD, 64 * megabyte);
  ::mallopt(M_MMAP_THRESHOLD, 4 * megabyte);
}

// What cannot be read is told by the check that follows.
class NoSink : public FindingSink {
 public:
  void add(Finding) override {}
  void add(Problem) override {}
};

// Each file is replaced as a whole or not at all.
bool mend(const Session& session, const std::vector<std::string>& paths, const FixArguments& fix) {
  NoSink sink;
  const auto files = read_config_files(session, paths, sink);
  if (!files) return true;
  for (const config::FixedFile& file :
       config::fixed(*files, session.policy().config, {fix.redundant})) {
    if (const Status status = base::write_file(file.path, file.text); !status) {
      print_error(status.error());
      return false;
    }
    for (const std::string& change : file.changes) {
      fmt::print(stderr, "mended {}:{}\n", base::escape_for_terminal(file.path),
                 base::escape_for_terminal(change));
    }
  }
  return true;
}

}  // namespace

Action define_config_check(CLI::App& cli) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  cli.add_option("PATH", *paths, "Files and folders (default: here)");
  const auto fix = std::make_shared<FixArguments>();
  cli.add_flag("--fix", fix->is_wanted, "First mend what has one safe answer: numbers, quotes, equal keys");
  cli.add_flag("--fix-redundant", fix->redundant, "With --fix: take out what the base says already");
  return [paths, fix](const Options& options) {
    take_memory_in_large_pieces();
    const auto session = Session::open(options, Session::Needs::nothing);
    if (!session) return 2;
    if (paths->empty()) paths->push_back(".");
    if (fix->is_wanted && !mend(*session, *paths, *fix)) return 2;
    return run_report_and_leave(*session, config_run(*session, *paths));
  };
}

}  // namespace sluice::app
