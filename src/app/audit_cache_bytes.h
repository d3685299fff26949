#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "git/oid.h"

// For audit_cache.cc: how the cache's parts become bytes.
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

  void id(const git::Oid& id) { raw(id.raw()); }

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

  std::string_view rest() const { return bytes_; }

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

  std::string text() {
    const std::uint64_t place = number();
    if (place == 0) return std::string(texts_.emplace_back(raw()));
    return std::string(place <= texts_.size() ? texts_[place - 1] : (bad(), std::string_view()));
  }

  std::string_view raw() {
    const std::uint64_t size = number();
    if (size > bytes_.size()) return bad(), std::string_view();
    const std::string_view value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return value;
  }

  git::Oid id() {
    const std::string_view value = raw();
    if (value.size() == 20) return git::Oid::from_raw(git::HashAlgorithm::sha1, value.data());
    if (value.size() == 32) return git::Oid::from_raw(git::HashAlgorithm::sha256, value.data());
    bad();
    return {};
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
