#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "pack/mapped_file.h"

namespace sluice::pack {

/// The bytes of a file that is mostly small, as loose objects are: read where it is, mapped where it is not. To unmap a
/// file interrupts every core on which the process runs, which takes longer than to copy a few pages. Move-only.
class WholeFile {
 public:
  /// Errors: as MappedFile::open.
  static Result<WholeFile> open(const std::string& path);

  /// Valid as long as this stays where it is.
  std::string_view bytes() const { return mapped_.bytes().empty() ? std::string_view(read_) : mapped_.bytes(); }

 private:
  std::string read_;
  MappedFile mapped_;
};

}  // namespace sluice::pack
