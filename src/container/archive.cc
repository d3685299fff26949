#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

#include "container/library.h"
#include "container/readers.h"

namespace sluice::container {
namespace {

#define SLUICE_ARCHIVE_FUNCTIONS(X)                                                                  \
  X(read_new) X(read_free) X(read_support_filter_gzip) X(read_support_filter_bzip2)                  \
  X(read_support_filter_xz) X(read_support_filter_zstd) X(read_support_filter_lz4)                   \
  X(read_support_format_zip) X(read_support_format_tar) X(read_support_format_7zip)                  \
  X(read_support_format_raw) X(read_support_format_empty) X(read_open_memory) X(read_next_header)    \
  X(read_data) X(error_string) X(format) X(entry_pathname) X(entry_pathname_utf8) X(entry_filetype)  \
  X(entry_is_data_encrypted)

// libarchive (https://libarchive.org), of the version whose headers this was built with.
struct Archive {
#define SLUICE_ARCHIVE_MEMBER(name) decltype(&::archive_##name) name = nullptr;
  SLUICE_ARCHIVE_FUNCTIONS(SLUICE_ARCHIVE_MEMBER)
#undef SLUICE_ARCHIVE_MEMBER
  std::string fault;

  Archive() {
    Library library("libarchive.so.13");
#define SLUICE_ARCHIVE_FIND(name) library.find("archive_" #name, name);
    SLUICE_ARCHIVE_FUNCTIONS(SLUICE_ARCHIVE_FIND)
#undef SLUICE_ARCHIVE_FIND
    fault = library.fault();
  }
};

const Archive& libarchive() {
  static const Archive functions;
  return functions;
}

struct Close {
  void operator()(struct archive* handle) const { libarchive().read_free(handle); }
};
using Handle = std::unique_ptr<struct archive, Close>;

Handle open_memory(std::string_view bytes) {
  const Archive& lib = libarchive();
  Handle handle(lib.read_new());
  if (!handle) return nullptr;
  struct archive* const raw = handle.get();
  lib.read_support_filter_gzip(raw);
  lib.read_support_filter_bzip2(raw);
  lib.read_support_filter_xz(raw);
  lib.read_support_filter_zstd(raw);
  lib.read_support_filter_lz4(raw);
  lib.read_support_format_zip(raw);
  lib.read_support_format_tar(raw);
  lib.read_support_format_7zip(raw);
  lib.read_support_format_raw(raw);
  lib.read_support_format_empty(raw);
  if (lib.read_open_memory(raw, bytes.data(), bytes.size()) != ARCHIVE_OK) return nullptr;
  return handle;
}

// Bytes whose number is not known beforehand. Unlike a string's, large ones are not copied while they grow: their
// pages are moved (realloc of glibc), so that they are never held twice.
class GrowingBytes {
 public:
  std::size_t size() const { return size_; }
  std::string_view view() const { return {bytes_.get(), size_}; }

  /// Where `more` bytes may be written behind those that are there; grow() then says how many were.
  char* room(std::size_t more) {
    if (size_ + more > capacity_) {
      const std::size_t capacity = std::max(size_ + more, capacity_ + capacity_ / 2);
      void* const moved = std::realloc(bytes_.get(), capacity);
      if (moved == nullptr) throw std::bad_alloc();
      (void)bytes_.release();
      bytes_.reset(static_cast<char*>(moved));
      capacity_ = capacity;
    }
    return bytes_.get() + size_;
  }
  void grow(std::size_t more) { size_ += more; }

 private:
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<char, Free> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

// Reads one archive, entry after entry.
class ArchiveReader {
 public:
  ArchiveReader(std::string_view bytes, Budget& budget, Visitor& visitor)
      : lib_(libarchive()), size_(bytes.size()), budget_(budget), visitor_(visitor), handle_(open_memory(bytes)) {}

  void read() {
    if (!handle_) return visitor_.unreadable("it cannot be opened");
    for (;;) {
      struct archive_entry* entry = nullptr;
      const int status = lib_.read_next_header(handle_.get(), &entry);
      if (status == ARCHIVE_EOF) return;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return visitor_.unreadable(reason());
      if (lib_.entry_filetype(entry) != AE_IFREG && !is_raw()) continue;
      if (!read_entry(entry)) return;
    }
  }

 private:
  bool is_raw() const { return (lib_.format(handle_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW; }

  std::string reason() const {
    const char* const text = lib_.error_string(handle_.get());
    return text != nullptr ? text : "it is damaged";
  }

  std::string name_of(struct archive_entry* entry) const {
    if (is_raw()) return {};
    const char* name = lib_.entry_pathname_utf8(entry);
    if (name == nullptr) name = lib_.entry_pathname(entry);
    return name != nullptr ? name : "?";
  }

  // False when reading must end.
  bool read_entry(struct archive_entry* entry) {
    const std::string name = name_of(entry);
    if (lib_.entry_is_data_encrypted(entry) > 0) {
      visitor_.unreadable(fmt::format("{} is under a password", name));
      return spend(budget_, 0, visitor_);
    }
    GrowingBytes bytes;
    const Outcome outcome = read_bytes(name, bytes);
    if (outcome == Outcome::over) return false;
    if (!spend(budget_, bytes.size(), visitor_)) return false;
    // What could be read of a damaged entry is text all the same.
    if (bytes.size() == 0) return outcome == Outcome::done;
    const std::optional<std::string> text = text_of_office_part(name, bytes.view());
    visitor_.entry(name, text ? *text : bytes.view());
    return outcome == Outcome::done;
  }

  enum class Outcome { done, damaged, over };

  Outcome read_bytes(const std::string& name, GrowingBytes& bytes) {
    const Limits& limits = budget_.limits;
    for (;;) {
      const la_ssize_t got = lib_.read_data(handle_.get(), bytes.room(step), step);
      bytes.grow(static_cast<std::size_t>(std::max<la_ssize_t>(got, 0)));
      if (got < 0) {
        visitor_.unreadable(name.empty() ? reason() : fmt::format("{}: {}", name, reason()));
        return Outcome::damaged;
      }
      if (got == 0) return Outcome::done;
      out_ += static_cast<std::uint64_t>(got);
      if (bytes.size() > limits.entry_bytes) {
        visitor_.limited(fmt::format("an entry is larger than {} MiB", limits.entry_bytes >> 20));
        return Outcome::over;
      }
      if (out_ > limits.ratio_from && out_ / limits.ratio > size_) {
        visitor_.limited(fmt::format("it unpacks to more than {} times its size", limits.ratio));
        return Outcome::over;
      }
      if (budget_.bytes + bytes.size() > limits.bytes) {
        visitor_.limited(fmt::format("there is more than {} MiB in it", limits.bytes >> 20));
        return Outcome::over;
      }
    }
  }

  static constexpr std::size_t step = 1u << 16;  // bytes read at once

  const Archive& lib_;
  std::uint64_t size_;
  std::uint64_t out_ = 0;
  Budget& budget_;
  Visitor& visitor_;
  Handle handle_;
};

}  // namespace

Status read_archive(std::string_view bytes, Budget& budget, Visitor& visitor) {
  if (const std::string& fault = libarchive().fault; !fault.empty()) {
    return fail(ErrorKind::unsupported, "archives need libarchive, which cannot be loaded: " + fault, "",
                "install the package libarchive13 of your distribution (libarchive13t64 on Debian 13)");
  }
  ArchiveReader(bytes, budget, visitor).read();
  return {};
}

}  // namespace sluice::container
