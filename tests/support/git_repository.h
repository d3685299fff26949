#pragma once

// Real repositories made by the real git, for tests. Needs GoogleTest.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace sluice::testing {

/// Sets (or, with nullptr, unsets) an environment variable until the end of its scope.
class ScopedVariable {
 public:
  ScopedVariable(std::string name, const char* value) : name_(std::move(name)) {
    if (const char* old = std::getenv(name_.c_str())) old_ = old;
    set(value);
  }
  ScopedVariable(std::string name, const std::string& value)
      : ScopedVariable(std::move(name), value.c_str()) {}
  ~ScopedVariable() { set(old_ ? old_->c_str() : nullptr); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  void set(const char* value) {
    if (value == nullptr) {
      ::unsetenv(name_.c_str());
    } else {
      ::setenv(name_.c_str(), value, 1);
    }
  }

  std::string name_;
  std::optional<std::string> old_;
};

/// A directory under the system's temporary one, removed with all it holds at the end of its scope.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = std::filesystem::temp_directory_path() / "sluice-test-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = std::filesystem::canonical(name);
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct ProcessResult {
  int status = -1;  ///< exit code; -1 when it was killed
  std::string out;
  std::string err;
};

inline std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_whole(const std::string& path, const std::string& content) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

/// Makes this process and its children blind to the configuration and variables of whoever runs
/// the tests. Called by GitRepository; once is enough.
inline void isolate_from_user() {
  static const bool done = [] {
    static const TemporaryDirectory home;
    for (const char* name :
         {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
          "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CEILING_DIRECTORIES",
          "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"})
      ::unsetenv(name);
    ::setenv("HOME", home.path().c_str(), 1);
    ::setenv("XDG_CONFIG_HOME", (home.path() + "/.config").c_str(), 1);
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    ::setenv("GIT_TERMINAL_PROMPT", "0", 1);
    ::setenv("LC_ALL", "C", 1);
    write_whole(home.path() + "/.gitconfig",
                "[user]\n\tname = A U Thor\n\temail = author@example.com\n"
                "[init]\n\tdefaultBranch = main\n[commit]\n\tgpgSign = false\n[gc]\n\tauto = 0\n"
                "[protocol \"file\"]\n\tallow = always\n[advice]\n\tdetachedHead = false\n"
                "[core]\n\tfsync = none\n[maintenance]\n\tauto = false\n");
    return true;
  }();
  static_cast<void>(done);
}

/// Runs `arguments` (found on PATH) in `directory` with `input` on its standard input, and waits.
inline ProcessResult run_process(const std::vector<std::string>& arguments,
                                 const std::string& directory, const std::string& input = {}) {
  const TemporaryDirectory scratch;
  const std::string in = scratch.path() + "/in";
  const std::string out = scratch.path() + "/out";
  const std::string err = scratch.path() + "/err";
  write_whole(in, input);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open(in.c_str(), O_RDONLY), 0);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), 1);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), 2);
    if (::chdir(directory.c_str()) == 0) ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_whole(out), read_whole(err)};
}

/// A temporary repository with a work tree (or bare), deterministic identity and dates.
class GitRepository {
 public:
  explicit GitRepository(const std::vector<std::string>& init_options = {}) {
    isolate_from_user();
    std::filesystem::create_directory(path());
    std::vector<std::string> arguments{"init", "-q"};
    arguments.insert(arguments.end(), init_options.begin(), init_options.end());
    git(arguments);
  }

  /// The top of the work tree (the repository itself when bare). Sibling paths below
  /// `directory()` are free for clones and worktrees.
  std::string path() const { return directory_.path() + "/repository"; }
  const std::string& directory() const { return directory_.path(); }

  /// Runs git at the top; fails the test when git does. Returns standard output without its last
  /// newline.
  std::string git(const std::vector<std::string>& arguments, const std::string& input = {}) const {
    const ProcessResult result = try_git(arguments, input);
    EXPECT_EQ(result.status, 0) << "git " << arguments.front() << ": " << result.err;
    std::string out = result.out;
    if (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
  }

  /// As git(), without judging the outcome.
  ProcessResult try_git(const std::vector<std::string>& arguments,
                        const std::string& input = {}) const {
    const std::string date = std::to_string(time_) + " +0200";
    const ScopedVariable author("GIT_AUTHOR_DATE", date);
    const ScopedVariable committer("GIT_COMMITTER_DATE", date);
    std::vector<std::string> command{"git"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run_process(command, path(), input);
  }

  void write(const std::string& name, const std::string& content) const {
    write_whole(path() + "/" + name, content);
  }

  std::string read(const std::string& name) const { return read_whole(path() + "/" + name); }

  void remove(const std::string& name) const { std::filesystem::remove_all(path() + "/" + name); }

  /// Stages everything and commits, one minute after the commit before. Returns its name.
  std::string commit_all(const std::string& message) {
    git({"add", "-A"});
    return commit(message);
  }

  /// Commits what is staged. Returns the commit's name.
  std::string commit(const std::string& message) {
    time_ += 60;
    git({"commit", "-q", "--allow-empty", "-m", message});
    return head();
  }

  std::string head() const { return rev("HEAD"); }
  std::string rev(const std::string& spec) const { return git({"rev-parse", spec}); }

  /// Moves the clock that the next commits use, in seconds since 1970.
  void set_time(long seconds) { time_ = seconds; }

 private:
  TemporaryDirectory directory_;
  long time_ = 1700000000;
};

/// The non-empty pieces of `text` between `separator`s.
inline std::vector<std::string> pieces(const std::string& text, char separator = '\n') {
  std::vector<std::string> found;
  std::stringstream stream(text);
  for (std::string piece; std::getline(stream, piece, separator);)
    if (!piece.empty()) found.push_back(piece);
  return found;
}

}  // namespace sluice::testing
