#include "source/watched_file.h"

#include <sys/stat.h>

#include <cstdint>
#include <utility>

namespace sluice::source {

WatchedFile::WatchedFile(std::string path, base::Descriptor descriptor, pack::MappedFile file)
    : path_(std::move(path)),
      descriptor_(std::move(descriptor)),
      file_(std::move(file)),
      guard_(std::make_unique<const base::MappingGuard>(file_.bytes())) {}

Result<WatchedFile> WatchedFile::open(const std::string& path) {
  SLUICE_TRY_ASSIGN(base::Descriptor descriptor, pack::open_for_mapping(path));
  SLUICE_TRY_ASSIGN(pack::MappedFile mapped, pack::MappedFile::map(descriptor.get(), path));
  WatchedFile file(path, std::move(descriptor), std::move(mapped));
  if (!file.guard_->is_active()) return fail(ErrorKind::limit_exceeded, "too many large files are read at once", path);
  return file;
}

Status WatchedFile::verify() const {
  struct stat now = {};
  const bool is_whole = ::fstat(descriptor_.get(), &now) == 0 && now.st_size >= 0 &&
                        static_cast<std::uint64_t>(now.st_size) >= file_.bytes().size();
  if (is_whole && !guard_->has_failed()) return {};
  return fail(ErrorKind::io, "not all of it was looked at: it was cut short while it was read, or its disk failed", path_,
              "look at it again when nobody writes to it");
}

}  // namespace sluice::source
