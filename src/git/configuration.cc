#include "git/configuration.h"

#include "base/file.h"
#include "base/glob.h"
#include "base/text.h"
#include "git/environment.h"

namespace sluice::git {
namespace {

constexpr int deepest_include = 10;  // as Git itself
constexpr std::size_t largest_file = std::size_t{64} << 20;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

// `~/` is the home directory; nothing when there is none, or somebody else's is meant.
std::optional<std::string> expand_home(const std::string& path) {
  if (!path.starts_with('~')) return path;
  const auto home = environment("HOME");
  if (!home || (path.size() > 1 && path[1] != '/')) return std::nullopt;
  return *home + path.substr(1);
}

bool is_true(const std::string& value) { return value != "0" && value != "false" && value != "no"; }

}  // namespace

class Configuration::Loader {
 public:
  Loader() = default;
  Loader(std::string git_dir, std::string common_dir)
      : git_dir_(std::move(git_dir)), common_dir_(std::move(common_dir)) {}

  Status add_outside() {
    const auto skip = environment("GIT_CONFIG_NOSYSTEM");
    if (!skip || !is_true(*skip))
      SLUICE_TRY(add_file(environment("GIT_CONFIG_SYSTEM").value_or("/etc/gitconfig"), 0));
    if (const auto path = environment("GIT_CONFIG_GLOBAL")) return add_file(*path, 0);
    const auto home = environment("HOME");
    const auto xdg = environment("XDG_CONFIG_HOME");
    if (xdg || home) SLUICE_TRY(add_file((xdg ? *xdg : *home + "/.config") + "/git/config", 0));
    if (home) SLUICE_TRY(add_file(*home + "/.gitconfig", 0));
    return {};
  }

  Status add_repository() {
    SLUICE_TRY(add_file(common_dir_ + "/config", 0));
    const ConfigEntry* per_worktree = result_.find("extensions.worktreeconfig");
    if (per_worktree == nullptr || !parse_config_bool(*per_worktree).value_or(false)) return {};
    return add_file(git_dir_ + "/config.worktree", 0);
  }

  Status add_variables() {
    SLUICE_TRY_ASSIGN(auto pairs, environment_configuration());
    for (auto& [key, value] : pairs)
      result_.entries_.push_back({std::move(key), std::move(value)});
    return {};
  }

  Configuration take() { return std::move(result_); }

 private:
  // A file that is not there counts as empty.
  Status add_file(const std::string& path, int depth) {
    if (depth > deepest_include)
      return fail(ErrorKind::corrupt, "configuration files include each other too deeply", path);
    auto text = base::read_file(path, largest_file);
    if (!text && text.error().kind == ErrorKind::not_found) return {};
    if (!text) return tl::unexpected<Error>(std::move(text.error()));
    SLUICE_TRY_ASSIGN(std::vector<ConfigEntry> entries, parse_config(*text, path));
    for (ConfigEntry& entry : entries) {
      const bool includes = is_include(entry.key, path);
      const std::string named = entry.value.value_or("");
      result_.entries_.push_back(std::move(entry));
      if (!includes) continue;
      const auto expanded = expand_home(named);
      if (!expanded || named.empty())
        return fail(ErrorKind::corrupt, "an include names no file that can be found: " + named, path);
      SLUICE_TRY(add_file(absolute_path(*expanded, folder_of(path)), depth + 1));
    }
    return {};
  }

  bool is_include(const std::string& key, const std::string& file) const {
    if (key == "include.path") return true;
    constexpr std::string_view start = "includeif.";
    constexpr std::string_view end = ".path";
    if (!key.starts_with(start) || !key.ends_with(end) || key.size() <= start.size() + end.size())
      return false;
    return holds(key.substr(start.size(), key.size() - start.size() - end.size()), file);
  }

  // git-config(1), "Conditional includes". Outside of a repository no condition holds.
  bool holds(const std::string& condition, const std::string& file) const {
    if (git_dir_.empty()) return false;
    if (condition.starts_with("gitdir:")) return is_git_dir(condition.substr(7), file, false);
    if (condition.starts_with("gitdir/i:")) return is_git_dir(condition.substr(9), file, true);
    if (condition.starts_with("onbranch:")) return is_branch(condition.substr(9));
    return false;
  }

  bool is_git_dir(const std::string& given, const std::string& file, bool ignore_case) const {
    std::string pattern = expand_home(given).value_or(given);
    if (pattern.starts_with("./")) {
      pattern = folder_of(file) + pattern.substr(1);
    } else if (!pattern.starts_with('/')) {
      pattern = "**/" + pattern;
    }
    if (pattern.ends_with('/')) pattern += "**";
    return base::wildmatch(pattern, git_dir_, ignore_case);
  }

  bool is_branch(std::string pattern) const {
    const auto head = base::read_file(git_dir_ + "/HEAD", 4096);
    constexpr std::string_view start = "ref: refs/heads/";
    if (!head || !head->starts_with(start)) return false;
    if (pattern.ends_with('/')) pattern += "**";
    return base::wildmatch(pattern, base::trim(std::string_view(*head).substr(start.size())));
  }

  std::string git_dir_;
  std::string common_dir_;
  Configuration result_;
};

Result<Configuration> Configuration::load_protected() {
  Loader loader;
  SLUICE_TRY(loader.add_outside());
  SLUICE_TRY(loader.add_variables());
  return loader.take();
}

Result<Configuration> Configuration::load(const std::string& git_dir,
                                          const std::string& common_dir) {
  Loader loader(git_dir, common_dir);
  SLUICE_TRY(loader.add_outside());
  SLUICE_TRY(loader.add_repository());
  SLUICE_TRY(loader.add_variables());
  return loader.take();
}

const ConfigEntry* Configuration::find(std::string_view key) const {
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry)
    if (entry->key == key) return &*entry;
  return nullptr;
}

}  // namespace sluice::git
