#include "git/tree.h"

namespace sluice::git {
namespace {

constexpr std::size_t longest_mode = 7;  // octal digits; Git writes 5 or 6, old trees may pad

tl::unexpected<Error> broken(const char* why) {
  return fail(ErrorKind::corrupt, std::string("malformed tree: ") + why);
}

// Takes the octal mode and its space off the front of `bytes`; nothing when there is none.
bool take_mode(std::string_view& bytes, std::uint32_t& mode) {
  std::size_t length = 0;
  mode = 0;
  while (length < bytes.size() && bytes[length] >= '0' && bytes[length] <= '7') {
    if (++length > longest_mode) return false;
    mode = mode * 8 + static_cast<std::uint32_t>(bytes[length - 1] - '0');
  }
  if (length == 0 || length == bytes.size() || bytes[length] != ' ') return false;
  bytes.remove_prefix(length + 1);
  return true;
}

}  // namespace

FileKind kind_of_mode(std::uint32_t mode) {
  switch (mode & 0170000) {
    case 0040000:
      return FileKind::tree;
    case 0100000:
      return FileKind::file;
    case 0120000:
      return FileKind::symlink;
    case 0160000:
      return FileKind::submodule;
    default:
      return FileKind::other;
  }
}

Result<std::vector<TreeEntry>> parse_tree(std::string_view bytes) {
  std::vector<TreeEntry> entries;
  while (!bytes.empty()) {
    TreeEntry entry;
    if (!take_mode(bytes, entry.mode)) return broken("no octal mode");
    const std::size_t end = bytes.find('\0');
    if (end == std::string_view::npos) return broken("a name without end");
    entry.name = bytes.substr(0, end);
    if (entry.name.empty()) return broken("an empty name");
    if (entry.name.find('/') != std::string_view::npos) return broken("a slash in a name");
    bytes.remove_prefix(end + 1);
    if (bytes.size() < Oid::size) return broken("an object name cut short");
    entry.id = Oid::from_raw(bytes.data());
    bytes.remove_prefix(Oid::size);
    entries.push_back(entry);
  }
  return entries;
}

}  // namespace sluice::git
