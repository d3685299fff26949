#include "policy/path.h"

#include <cstring>

namespace sluice::policy {

// memrchr where rfind would go byte by byte: this is asked of every path of a tree.
std::string_view base_name(std::string_view path) {
  if (path.empty()) return path;
  const void* const slash = ::memrchr(path.data(), '/', path.size());
  if (slash == nullptr) return path;
  return path.substr(static_cast<std::size_t>(static_cast<const char*>(slash) - path.data()) + 1);
}

std::string_view directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string join(std::string_view directory, std::string_view name) {
  std::string path(directory);
  if (!path.empty()) path += '/';
  path += name;
  return path;
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
