#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::git {

/// What stands in the repository for a file whose content Git LFS keeps elsewhere
/// (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
struct LargeFilePointer {
  std::string sha256;  ///< of the content: 64 lower-case hexadecimal digits
  std::uint64_t size = 0;
};

/// The pointer that `text` is, or nothing.
std::optional<LargeFilePointer> parse_large_file_pointer(std::string_view text);

/// Where git-lfs keeps that content in the repository with `common_dir`, once it was fetched.
std::string large_file_path(const std::string& common_dir, const LargeFilePointer& pointer);

}  // namespace sluice::git
