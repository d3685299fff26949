#include "git/tree.h"

#include <algorithm>

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

std::uint32_t canonical_mode(std::uint32_t mode) {
  switch (kind_of_mode(mode)) {
    case FileKind::file:
      return (mode & 0100) != 0 ? 0100755 : 0100644;
    case FileKind::symlink:
      return 0120000;
    case FileKind::tree:
      return 0040000;
    default:
      return 0160000;
  }
}

int compare_names(std::string_view a, bool a_is_tree, std::string_view b, bool b_is_tree) {
  const std::size_t common = std::min(a.size(), b.size());
  const int order = a.substr(0, common).compare(b.substr(0, common));
  if (order != 0) return order;
  const auto next = [common](std::string_view name, bool is_tree) {
    if (name.size() > common) return static_cast<int>(static_cast<unsigned char>(name[common]));
    return is_tree ? int{'/'} : 0;
  };
  return next(a, a_is_tree) - next(b, b_is_tree);
}

Result<bool> TreeCursor::next(TreeEntry& entry) {
  if (bytes_.empty()) return false;
  if (!take_mode(bytes_, entry.mode)) return broken("no octal mode");
  const std::size_t end = bytes_.find('\0');
  if (end == std::string_view::npos) return broken("a name without end");
  entry.name = bytes_.substr(0, end);
  if (entry.name.empty()) return broken("an empty name");
  if (entry.name.find('/') != std::string_view::npos) return broken("a slash in a name");
  bytes_.remove_prefix(end + 1);
  const std::size_t size = pack::name_size(algorithm_);
  if (bytes_.size() < size) return broken("an object name cut short");
  raw_id_ = bytes_.substr(0, size);
  entry.id = Oid::from_raw(algorithm_, bytes_.data());
  bytes_.remove_prefix(size);
  return true;
}

Result<std::vector<TreeEntry>> parse_tree(std::string_view bytes, HashAlgorithm algorithm) {
  std::vector<TreeEntry> entries;
  TreeCursor cursor(bytes, algorithm);
  TreeEntry entry;
  while (true) {
    SLUICE_TRY_ASSIGN(const bool more, cursor.next(entry));
    if (!more) return entries;
    entries.push_back(entry);
  }
}

}  // namespace sluice::git
