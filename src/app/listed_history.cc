#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>

#include "app/digest.h"
#include "app/enter_directory.h"
#include "app/history_arguments.h"
#include "app/history_runs.h"
#include "app/many_repositories.h"
#include "app/output.h"
#include "app/print_error.h"
#include "app/run_key.h"
#include "app/version.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;

// A folder that goes when its run ends, for those who want nothing kept.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "sluice-reports-XXXXXX").string();
    if (!error && ::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string absolute(const std::string& path) {
  std::error_code error;
  const fs::path whole = fs::absolute(path, error);
  return error ? path : whole.lexically_normal().string();
}

// Git's own variables speak of one repository; here each speaks for itself.
void forget_git_variables() {
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR",
                           "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}) {
    ::unsetenv(name);
  }
}

// A folder without a repository of its own may lie inside of another's, which was not meant.
bool is_itself_at(const git::Repository& repository, const std::string& path) {
  std::error_code error;
  for (const std::string& place : {repository.work_tree(), repository.git_dir()}) {
    if (!place.empty() && fs::equivalent(place, path, error) && !error) return true;
  }
  return false;
}

std::string key_of(const RunKey& key) {
  Digest digest;
  digest.add_all(std::vector<std::string>{key.repository, key.rules, key.policy});
  digest.add(version);
  return digest.hex();
}

Audit failed(const std::vector<Error>& errors) {
  Audit audit;
  audit.scope.kind = "history";
  for (const Error& error : errors) audit.problems.push_back(source::to_problem(error));
  audit.exit_code = 2;
  return audit;
}

// One repository, in a process of its own.
void audit_one(const HistoryArguments& arguments, Options options,
               const ListedRepository& repository, const KeptReports& kept) {
  forget_git_variables();
  options.directory = repository.path;
  options.quiet = true;  // progress is told of all together
  const auto keep = [&](const std::string& key, const Audit& audit) {
    if (const Status status = kept.write(repository.path, key, audit); !status)
      print_error(status.error());
  };
  const auto session = Session::try_open(options, Session::Needs::repository);
  if (!session) return keep("none", failed(session.error()));
  if (!is_itself_at(*(*session)->repository(), repository.path)) {
    return keep("none", failed({{ErrorKind::not_found, "there is no repository here", "",
                                 "name the top of a work tree or a bare repository"}}));
  }
  arguments.apply_to(**session);
  const auto key = run_key(**session);
  if (!key) return keep("none", failed({key.error()}));
  if (kept.has(repository.path, key_of(*key))) return;
  keep(key_of(*key), run_pipeline(**session, history_run(**session)));
}

Status check(const HistoryArguments& arguments, const Options& options) {
  if (!arguments.shard.empty())
    return fail(ErrorKind::refused, "a shard is a part of one repository", "--shard",
                "give each machine a list of its own instead");
  if (!options.redact)
    return fail(ErrorKind::refused, "reports are kept while others are made, and hold no secret",
                "--no-redact", "audit that repository alone");
  return {};
}

// The options as they are from within any repository.
Options from_anywhere(Options options) {
  if (options.policy_file) options.policy_file = absolute(*options.policy_file);
  if (options.baseline) options.baseline = absolute(*options.baseline);
  return options;
}

ManyOptions many_options(const Options& options) {
  ManyOptions many;
  many.threads = options.jobs != 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
  many.shows_progress = !options.quiet;
  many.gate = {options.exit_code, options.fail_on};
  for (const auto& file : {options.policy_file, options.baseline}) {
    if (file) many.shared_files.push_back(*file);
  }
  return many;
}

Result<Audit> audit_all(const HistoryArguments& arguments, const Options& given) {
  SLUICE_TRY(enter_directory(given.directory));
  SLUICE_TRY(check(arguments, given));
  std::vector<std::string> named = arguments.repositories;
  if (named.empty() && !arguments.list) named.emplace_back(".");
  SLUICE_TRY_ASSIGN(const auto repositories, list_repositories(named, arguments.list));
  const TemporaryFolder temporary;
  SLUICE_TRY_ASSIGN(const KeptReports kept,
                    KeptReports::open(arguments.resume.value_or(temporary.path())));
  const Options options = from_anywhere(given);
  return audit_many(repositories, many_options(options), kept,
                    [&](const ListedRepository& repository, unsigned threads, const KeptReports& to) {
                      Options own = options;
                      own.jobs = threads;
                      audit_one(arguments, std::move(own), repository, to);
                    });
}

}  // namespace

int audit_listed(const HistoryArguments& arguments, const Options& options) {
  const auto audit = audit_all(arguments, options);
  if (!audit) {
    print_error(audit.error());
    return 2;
  }
  if (const Status status = write_reports(options, *audit); !status) {
    report_failure(status.error());
    return 2;
  }
  return audit->exit_code;
}

}  // namespace sluice::app
