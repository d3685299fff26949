#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "git/oid.h"

// How an audit cache's parts become bytes.
namespace sluice::app {

/// Numbers in groups of seven bits, lowest first. Texts are written where they first occur, later as the
/// number of that place: most findings share most of theirs.
class AuditCacheWriter {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }

  void text(std::string_view value) {
    const auto [known, fresh] = texts_.try_emplace(std::string(value), texts_.size() + 1);
    number(fresh ? 0 : known->second);
    if (fresh) raw(value);
  }

  void raw(std::string_view value) {
    number(value.size());
    out_ += value;
  }

  // Names of one repository, all of one size.
  void ids(const std::vector<git::Oid>& ids) {
    number(ids.size());
    number(ids.empty() ? 0 : ids.front().raw().size());
    for (const git::Oid& id : ids) out_ += id.raw();
  }

  // The steps from one to the next: most are neighbours.
  void ascending(const std::vector<std::uint32_t>& values) {
    number(values.size());
    std::uint32_t next = 0;
    for (const std::uint32_t value : values) {
      number(value - next);
      next = value + 1;
    }
  }

  void append(std::string_view encoded) { out_ += encoded; }

  void reserve(std::size_t size) { out_.reserve(size); }

  template <class List, class Each>
  void list(const List& items, Each each) {
    number(items.size());
    for (const auto& item : items) each(item);
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::unordered_map<std::string, std::uint64_t> texts_;
};

/// The other way. After the first thing that cannot be, everything read is empty.
class AuditCacheReader {
 public:
  explicit AuditCacheReader(std::string_view bytes) : bytes_(bytes) {}

  bool is_whole() const { return !is_bad_ && bytes_.empty(); }

  bool is_bad() const { return is_bad_; }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    return bad();
  }

  // What was read cannot be; gives what stands for it.
  std::uint32_t refuse() { return static_cast<std::uint32_t>(bad()); }

  std::uint32_t number32() {
    const std::uint64_t value = number();
    return static_cast<std::uint32_t>(value <= 0xFFFFFFFFu ? value : bad());
  }

  template <class Enum>
  Enum level(Enum last) {
    const std::uint64_t value = number();
    return static_cast<Enum>(value <= static_cast<std::uint64_t>(last) ? value : bad());
  }

  std::string text() { return std::string(view()); }

  // As text(), in the bytes that are read.
  std::string_view view() {
    const std::uint64_t place = number();
    if (place == 0) return texts_.emplace_back(raw());
    return place <= texts_.size() ? texts_[place - 1] : (bad(), std::string_view());
  }

  std::string_view raw() {
    const std::uint64_t size = number();
    if (size > bytes_.size()) return bad(), std::string_view();
    const std::string_view value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return value;
  }

  git::Oid id_of(std::string_view value) {
    if (value.size() == 20) return git::Oid::from_raw(git::HashAlgorithm::sha1, value.data());
    if (value.size() == 32) return git::Oid::from_raw(git::HashAlgorithm::sha256, value.data());
    bad();
    return {};
  }

  std::vector<git::Oid> ids() {
    std::vector<git::Oid> ids;
    const std::uint64_t count = number();
    const std::uint64_t size = number();
    if (count == 0) return ids;
    if ((size != 20 && size != 32) || count > bytes_.size() / size) return bad(), ids;
    ids.reserve(count);
    const auto algorithm = size == 20 ? git::HashAlgorithm::sha1 : git::HashAlgorithm::sha256;
    for (std::uint64_t i = 0; i < count; ++i) ids.push_back(git::Oid::from_raw(algorithm, bytes_.data() + i * size));
    bytes_.remove_prefix(count * size);
    return ids;
  }

  // Numbers below `limit`.
  std::vector<std::uint32_t> ascending(std::size_t limit) {
    std::vector<std::uint32_t> values;
    std::uint64_t next = 0;
    list(values, [&] {
      const std::uint64_t value = next + number32();
      next = value + 1;
      return value < limit ? static_cast<std::uint32_t>(value) : refuse();
    });
    return values;
  }

  // Each item takes a byte at least, which bounds what a false count can do.
  template <class List, class Each>
  void list(List& items, Each each) {
    std::uint64_t count = number();
    if (count > bytes_.size()) count = bad();
    items.reserve(std::min(count, most_reserved));
    for (std::uint64_t i = 0; i < count && !is_bad_; ++i) items.push_back(each());
  }

 private:
  std::uint64_t bad() {
    is_bad_ = true;
    bytes_ = {};
    return 0;
  }

  static constexpr std::uint64_t most_reserved = 4096;  // a false count shall not ask for memory

  std::string_view bytes_;
  std::vector<std::string_view> texts_;
  bool is_bad_ = false;
};

}  // namespace sluice::app
