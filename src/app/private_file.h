#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sluice::app {

/// A file that only this user can read, in memory where there is a tmpfs (XDG_RUNTIME_DIR,
/// /dev/shm), else in TMPDIR. It is overwritten and removed when the object goes, and by a small
/// process that waits for that when this process is killed.
class PrivateFile {
 public:
  /// `name` is the file's name in a folder of its own. To be called before secrets are read: the
  /// waiting process is a copy of this one. Errors: io.
  static Result<PrivateFile> create(const std::string& name);

  PrivateFile(PrivateFile&& other) noexcept;
  PrivateFile& operator=(PrivateFile&&) = delete;
  ~PrivateFile();

  const std::string& path() const { return path_; }

  /// Replaces what the file holds in one step (a reader sees the old or the new bytes). Errors: io.
  Status write(std::string_view bytes);

 private:
  PrivateFile() = default;

  std::string folder_;
  std::string path_;
  int alive_ = -1;  // the waiting process sees this pipe close when we end, however that happens
};

}  // namespace sluice::app
