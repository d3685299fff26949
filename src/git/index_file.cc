#include "git/index_file.h"

#include <algorithm>

#include "git/ewah.h"
#include "pack/big_endian.h"

namespace sluice::git {
namespace {

using pack::read_be32;

constexpr std::size_t header_size = 12;
constexpr std::size_t stat_size = 40;  // ten numbers; the seventh is the mode
constexpr std::size_t mode_at = 24;
constexpr unsigned flag_assume_valid = 0x8000;
constexpr unsigned flag_extended = 0x4000;
constexpr unsigned length_mask = 0x0fff;
constexpr unsigned extended_skip_worktree = 0x4000;
constexpr unsigned extended_intent_to_add = 0x2000;
constexpr std::size_t longest_path = std::size_t{1} << 16;
constexpr std::size_t joined_piece = std::size_t{1} << 16;

tl::unexpected<Error> corrupt(const char* what) {
  return fail(ErrorKind::corrupt, std::string("the index ") + what, {},
              "`git status` tells what Git makes of it");
}

unsigned read_be16(const char* at) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(at);
  return unsigned{bytes[0]} << 8 | bytes[1];
}

// As a.compare(b). Neighbours have much in common, which is passed over eight bytes at once.
int compare_paths(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t at = 0; common - at >= 8; at += 8) {
    const std::uint64_t x = pack::read_be64(a.data() + at);
    const std::uint64_t y = pack::read_be64(b.data() + at);
    if (x != y) return x < y ? -1 : 1;
  }
  const std::size_t rest = common / 8 * 8;
  return a.substr(rest).compare(b.substr(rest));
}

class IndexReader {
 public:
  IndexReader(std::string_view bytes, HashAlgorithm algorithm, IndexBytes& owner)
      : bytes_(bytes), algorithm_(algorithm), owner_(owner) {}

  Result<IndexFile> run() {
    const std::size_t hash = pack::name_size(algorithm_);
    if (bytes_.size() < header_size + hash) return corrupt("is cut short");
    if (bytes_.substr(0, 4) != "DIRC") return corrupt("does not start as indexes do");
    version_ = read_be32(bytes_.data() + 4);
    if (version_ < 2 || version_ > 4)
      return fail(ErrorKind::unsupported, "the index is of version " + std::to_string(version_));
    const std::uint32_t count = read_be32(bytes_.data() + 8);
    file_.checksum = Oid::from_raw(algorithm_, bytes_.data() + bytes_.size() - hash);
    bytes_.remove_suffix(hash);
    at_ = header_size;
    file_.entries.reserve(std::min<std::size_t>(count, bytes_.size() / (stat_size + hash)));
    for (std::uint32_t i = 0; i < count; ++i)
      if (const char* const wrong = read_entry(); wrong != nullptr) return corrupt(wrong);
    while (at_ < bytes_.size()) SLUICE_TRY(read_extension());
    return std::move(file_);
  }

 private:
  // What is wrong with the next entry; null when nothing is.
  const char* read_entry() {
    const std::size_t hash = pack::name_size(algorithm_);
    const std::size_t start = at_;
    if (bytes_.size() - at_ < stat_size + hash + 2) return "is cut short";
    const char* const fixed = bytes_.data() + start;
    IndexEntry& entry = file_.entries.emplace_back();
    entry.mode = read_be32(fixed + mode_at);
    entry.raw_id = fixed + stat_size;
    entry.algorithm = algorithm_;
    const unsigned flags = read_be16(fixed + stat_size + hash);
    entry.stage = static_cast<std::uint8_t>(flags >> 12 & 3);
    entry.assume_unchanged = (flags & flag_assume_valid) != 0;
    at_ += stat_size + hash + 2;
    if ((flags & flag_extended) != 0) {
      if (version_ == 2 || bytes_.size() - at_ < 2) return "has a malformed entry";
      const unsigned extended = read_be16(bytes_.data() + at_);
      entry.skip_worktree = (extended & extended_skip_worktree) != 0;
      entry.intent_to_add = (extended & extended_intent_to_add) != 0;
      at_ += 2;
    }
    return version_ == 4 ? read_joined_path(entry) : read_path(entry, flags & length_mask, start);
  }

  // The path ends with zero bytes, one to eight of them, up to a multiple of eight.
  const char* read_path(IndexEntry& entry, std::size_t length, std::size_t start) {
    if (length == length_mask) length = bytes_.find('\0', at_) - at_;
    if (length > longest_path || bytes_.size() - at_ <= length) return "is cut short";
    entry.path = bytes_.substr(at_, length);
    const std::size_t size = (at_ + length - start + 8) / 8 * 8;
    if (bytes_.size() - start < size || bytes_[at_ + length] != '\0')
      return "has a malformed entry";
    at_ = start + size;
    return nullptr;
  }

  // Version 4: how many bytes of the path before go, and what follows.
  const char* read_joined_path(IndexEntry& entry) {
    std::uint64_t drop = 0;
    for (bool first = true;; first = false) {
      if (at_ == bytes_.size() || drop > longest_path) return "has a malformed path";
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      drop = (first ? 0 : (drop + 1) << 7) | (byte & 0x7fU);
      if ((byte & 0x80) == 0) break;
    }
    const std::size_t end = bytes_.find('\0', at_);
    if (end == std::string_view::npos || drop > last_.size() || end - at_ > longest_path)
      return "has a malformed path";
    last_.resize(last_.size() - drop);
    last_.append(bytes_, at_, end - at_);
    if (last_.size() > longest_path) return "has a malformed path";
    entry.path = keep(last_);
    at_ = end + 1;
    return nullptr;
  }

  std::string_view keep(std::string_view path) {
    std::vector<std::string>& pieces = owner_.joined;
    if (pieces.empty() || pieces.back().capacity() - pieces.back().size() < path.size()) {
      pieces.emplace_back();
      pieces.back().reserve(std::max(joined_piece, path.size()));
    }
    const std::size_t from = pieces.back().size();
    pieces.back() += path;
    return std::string_view(pieces.back()).substr(from);
  }

  // Those in capitals may be passed over; the others change what the entries mean.
  Status read_extension() {
    if (bytes_.size() - at_ < 8) return corrupt("is cut short");
    const std::string_view name = bytes_.substr(at_, 4);
    const std::size_t size = read_be32(bytes_.data() + at_ + 4);
    at_ += 8;
    if (bytes_.size() - at_ < size) return corrupt("has an extension that is cut short");
    const std::string_view content = bytes_.substr(at_, size);
    at_ += size;
    if (name == "TREE" && !content.empty()) {
      SLUICE_TRY_ASSIGN(file_.cache_tree, CacheTree::parse(content, algorithm_));
    } else if (name == "link") {
      SLUICE_TRY_ASSIGN(file_.link, parse_link(content));
    } else if (name == "sdir") {
      file_.is_sparse = true;
    } else if (name[0] < 'A' || name[0] > 'Z') {
      return fail(ErrorKind::unsupported, "the index has an extension that is not known");
    }
    return {};
  }

  Result<IndexLink> parse_link(std::string_view content) const {
    IndexLink link;
    if (content.size() < pack::name_size(algorithm_)) return corrupt("has a malformed link");
    link.base = Oid::from_raw(algorithm_, content.data());
    content.remove_prefix(pack::name_size(algorithm_));
    if (content.empty()) return link;
    SLUICE_TRY_ASSIGN(link.deleted, take_ewah(content));
    SLUICE_TRY_ASSIGN(link.replaced, take_ewah(content));
    return link;
  }

  std::string_view bytes_;  // without the checksum
  HashAlgorithm algorithm_;
  IndexBytes& owner_;
  IndexFile file_;
  std::uint32_t version_ = 0;
  std::size_t at_ = 0;
  std::string last_;  // version 4: the path of the entry before
};

}  // namespace

Result<IndexFile> parse_index(std::string_view bytes, HashAlgorithm algorithm, IndexBytes& owner) {
  return IndexReader(bytes, algorithm, owner).run();
}

bool is_index_whole(std::string_view bytes, HashAlgorithm algorithm) {
  const std::size_t hash = pack::name_size(algorithm);
  if (bytes.size() < hash) return false;
  const Oid named = Oid::from_raw(algorithm, bytes.data() + bytes.size() - hash);
  return named.is_zero() || pack::hash_bytes(algorithm, bytes.substr(0, bytes.size() - hash)) == named;
}

Status check_index_order(const std::vector<IndexEntry>& entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].path.empty()) return corrupt("has an entry without a path");
    if (i == 0) continue;
    const int order = compare_paths(entries[i - 1].path, entries[i].path);
    const bool stages_rise = entries[i - 1].stage != 0 && entries[i - 1].stage < entries[i].stage;
    if (order > 0 || (order == 0 && !stages_rise)) return corrupt("has entries that are not in order");
  }
  return {};
}

}  // namespace sluice::git
