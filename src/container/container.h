#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sluice::container {

/// Bytes that hold other texts. Told by their first bytes, never by a name.
enum class Kind {
  none,
  archive,   ///< zip (jar, wheel, docx, ...), tar, 7z, or one file under gzip, bzip2, xz, zstd, lz4
  database,  ///< SQLite
  notebook,  ///< Jupyter, nbformat 3 and 4
  bytecode,  ///< Python's .pyc
  pdf,
};

Kind kind_of(std::string_view bytes);

/// How much may come out of one thing that is opened, with all that is in it.
struct Limits {
  std::uint64_t entries = 20'000;
  std::uint64_t bytes = std::uint64_t{1} << 30;
  std::uint64_t entry_bytes = std::uint64_t{256} << 20;
  std::uint64_t ratio = 400;  ///< to the bytes of the container, once more than `ratio_from` came out
  std::uint64_t ratio_from = std::uint64_t{16} << 20;
  unsigned depth = 8;
  unsigned program_seconds = 60;  ///< of processor time, of programs that read it
};

/// What is left of the limits.
struct Budget {
  explicit Budget(const Limits& all) : limits(all) {}
  Limits limits;
  std::uint64_t entries = 0;  ///< came out
  std::uint64_t bytes = 0;
  double program_seconds = 0;  ///< used
};

/// Is told what a container holds.
class Visitor {
 public:
  virtual ~Visitor() = default;
  /// `name` is as the container has it: untrusted bytes. Both views live during the call only.
  virtual void entry(std::string_view name, std::string_view bytes) = 0;
  /// A limit ended the reading: what is behind was not looked at.
  virtual void limited(std::string what) = 0;
  /// A part that cannot be read: damaged, or under a password.
  virtual void unreadable(std::string what) = 0;
};

/// Gives all that `bytes`, of the kind that kind_of() says, hold to `visitor`. Nothing is written anywhere.
/// Errors: unsupported (a library or program that is needed is not installed), io (such a program cannot be run).
Status open(std::string_view bytes, Budget& budget, Visitor& visitor);

}  // namespace sluice::container
