#include "app/repository_list.h"

#include <unistd.h>

#include <filesystem>
#include <set>
#include <system_error>

#include "base/file.h"
#include "base/text.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;

Result<std::string> read_list(const std::string& file) {
  if (file == "-") return base::read_all(STDIN_FILENO, "standard input");
  return base::read_file(file);
}

std::uint64_t pack_bytes(const fs::path& objects) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::directory_iterator entry(objects / "pack", error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code unknown;
    const auto size = entry->file_size(unknown);
    if (!unknown && entry->path().extension() == ".pack") bytes += size;
  }
  return bytes;
}

// What cannot be found here is small or no repository; the audit itself will tell.
ListedRepository listed(const std::string& name) {
  std::error_code error;
  fs::path path = fs::weakly_canonical(name, error);
  if (error) path = fs::absolute(name, error);
  return {name, path.string(), pack_bytes(path / "objects") + pack_bytes(path / ".git" / "objects")};
}

}  // namespace

Result<std::vector<ListedRepository>> list_repositories(const std::vector<std::string>& named,
                                                        const std::optional<std::string>& file) {
  std::vector<std::string> names = named;
  if (file) {
    SLUICE_TRY_ASSIGN(const std::string text, read_list(*file));
    for (const std::string_view line : base::split(text, '\n')) {
      const std::string_view name = base::trim(line);
      if (!name.empty() && name.front() != '#') names.emplace_back(name);
    }
  }
  std::vector<ListedRepository> list;
  std::set<std::string> known;
  for (const std::string& name : names) {
    ListedRepository repository = listed(name);
    if (known.insert(repository.path).second) list.push_back(std::move(repository));
  }
  if (list.empty())
    return fail(ErrorKind::invalid_input, "no repository is named", file.value_or(""),
                "name at least one: nothing looked at is not clean");
  return list;
}

}  // namespace sluice::app
