#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/mapping_guard.h"
#include "base/result.h"
#include "pack/mapped_file.h"

namespace sluice::source {

/// A whole file, mapped for reading, that others may change meanwhile, unlike what Git keeps (pack::MappedFile). What
/// is cut off reads as zero bytes, and verify() tells.
class WatchedFile {
 public:
  /// Errors: those of pack::MappedFile::open; limit_exceeded (too many of them are open).
  static Result<WatchedFile> open(const std::string& path);

  /// Valid as long as this, wherever it is moved.
  std::string_view bytes() const { return file_.bytes(); }

  /// To be asked when all has been read. Errors: io (it was cut short since it was opened, or its disk failed: not
  /// all of it was seen).
  Status verify() const;

 private:
  WatchedFile(std::string path, base::Descriptor descriptor, pack::MappedFile file);

  std::string path_;
  base::Descriptor descriptor_;
  pack::MappedFile file_;
  std::unique_ptr<const base::MappingGuard> guard_;  // of file_, before which it ends
};

}  // namespace sluice::source
