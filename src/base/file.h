#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sluice::base {

/// The whole file, at most `limit` bytes.
/// Errors: not_found, unreadable (permission), io, limit_exceeded.
Result<std::string> read_file(const std::string& path, std::size_t limit = std::size_t(-1));

/// All of file descriptor `fd` until its end. Errors: io, limit_exceeded.
Result<std::string> read_all(int fd, const std::string& name, std::size_t limit = std::size_t(-1));

/// Whether a file's bytes are on the disk before it takes the name: what can be told to be damaged, and made
/// again, need not wait for that.
enum class Flush { first, later };

/// Replaces `path` with `bytes` by way of a temporary file beside it, flushed and renamed, so that a
/// reader sees the old file or the new one. Where `path` is not a regular file (a pipe, /dev/stdout)
/// it is written in place. Errors: io (disk full among them), unreadable.
Status write_file(const std::string& path, std::string_view bytes, unsigned mode = 0644, Flush flush = Flush::first);

}  // namespace sluice::base
