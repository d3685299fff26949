#include "pack/alternates.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "base/file.h"
#include "base/text.h"

namespace sluice::pack {
namespace {

namespace fs = std::filesystem;

constexpr unsigned deepest = 5;
constexpr std::size_t largest_file = std::size_t{1} << 20;

struct Pending {
  std::string path;
  std::string named_by;  // the file that names it, for problems
  unsigned depth = 0;
};

// The byte that the C escape at the start of `text` (after its backslash) stands for.
std::optional<char> unescape(std::string_view text, std::size_t& at) {
  constexpr std::string_view names = "abfnrtv\\\"";
  constexpr std::string_view values = "\a\b\f\n\r\t\v\\\"";
  if (at == text.size()) return std::nullopt;
  if (const std::size_t found = names.find(text[at]); found != std::string_view::npos) {
    ++at;
    return values[found];
  }
  if (text.size() - at < 3) return std::nullopt;
  unsigned value = 0;
  for (int i = 0; i < 3; ++i, ++at) {
    if (text[at] < '0' || text[at] > '7') return std::nullopt;
    value = value * 8 + static_cast<unsigned>(text[at] - '0');
  }
  return static_cast<char>(value);
}

// A line in double quotes is quoted as in C; nothing when it is not a whole quotation.
std::optional<std::string> unquote(std::string_view line) {
  if (line.size() < 2 || line.back() != '"') return std::nullopt;
  std::string out;
  for (std::size_t at = 1; at < line.size() - 1;) {
    if (line[at] != '\\') {
      out += line[at++];
      continue;
    }
    const std::optional<char> byte = unescape(line.substr(0, line.size() - 1), ++at);
    if (!byte) return std::nullopt;
    out += *byte;
  }
  return out;
}

void add_problem(ObjectDirectories& found, const Pending& pending, const std::string& what) {
  found.problems.push_back(
      {ErrorKind::not_found, what, pending.named_by, "objects that are only there cannot be read"});
}

// Queues what `directory`'s info/alternates names.
void read_alternates(const std::string& directory, unsigned depth, ObjectDirectories& found,
                     std::vector<Pending>& queue) {
  const std::string file = directory + "/info/alternates";
  const Result<std::string> text = base::read_file(file, largest_file);
  if (!text) {
    if (text.error().kind != ErrorKind::not_found) found.problems.push_back(text.error());
    return;
  }
  for (std::string_view line : base::split(*text, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    std::string path(line);
    if (line.front() == '"') path = unquote(line).value_or(path);
    if (!fs::path(path).is_absolute()) path = (fs::path(directory) / path).string();
    queue.push_back({path, file, depth});
  }
}

}  // namespace

Result<ObjectDirectories> find_object_directories(const std::string& objects_dir,
                                                  const std::vector<std::string>& more) {
  std::error_code error;
  const fs::path own = fs::canonical(objects_dir, error);
  if (error || !fs::is_directory(own, error)) {
    const bool denied = error == std::errc::permission_denied;
    return fail(denied ? ErrorKind::unreadable : ErrorKind::not_found,
                "the object directory cannot be read", objects_dir);
  }
  ObjectDirectories found;
  std::vector<Pending> queue{{own.string(), own.string(), 0}};
  for (const std::string& path : more) queue.push_back({path, path, 1});
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const Pending pending = queue[next];
    if (pending.depth > deepest) {
      add_problem(found, pending, "alternates are nested more than five deep");
      continue;
    }
    const std::string path = fs::canonical(pending.path, error).string();
    if (error || !fs::is_directory(path, error)) {
      add_problem(found, pending, "the alternate object directory " + pending.path + " is absent");
      continue;
    }
    if (std::find(found.paths.begin(), found.paths.end(), path) != found.paths.end()) continue;
    found.paths.push_back(path);
    read_alternates(path, pending.depth + 1, found, queue);
  }
  return found;
}

}  // namespace sluice::pack
