#include "policy/path.h"

#include <filesystem>

namespace sluice::policy {

std::string_view directory_of(std::string_view path) {
  const std::size_t name = base_name(path).size();
  return name == path.size() ? std::string_view() : path.substr(0, path.size() - name - 1);
}

std::string join(std::string_view directory, std::string_view name) {
  std::string path(directory);
  if (!path.empty()) path += '/';
  path += name;
  return path;
}

std::optional<std::string> path_from(std::string_view directory, std::string_view relative) {
  if (relative.starts_with('/')) return std::nullopt;
  std::string path = (std::filesystem::path(directory) / relative).lexically_normal().generic_string();
  if (path.ends_with('/')) path.pop_back();
  if (path == ".." || path.starts_with("../")) return std::nullopt;
  return path == "." ? std::string() : path;
}

bool is_within(std::string_view path, std::string_view directory) {
  if (directory.empty() || path == directory) return true;
  return path.starts_with(directory) && path[directory.size()] == '/';
}

std::string shell_quoted(std::string_view text) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+,:@%";
  if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos)
    return std::string(text);
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  }
  return quoted + "'";
}

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

}  // namespace sluice::policy
