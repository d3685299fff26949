#include "git/large_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sluice::git {
namespace {

// Pointers are shorter than this, as the specification demands.
constexpr std::size_t largest_pointer = 1024;

constexpr std::string_view versions[] = {"version https://git-lfs.github.com/spec/v1\n",
                                         "version https://hawser.github.com/spec/v1\n"};

bool is_pointer(std::string_view text) {
  if (text.size() >= largest_pointer) return false;
  return std::any_of(std::begin(versions), std::end(versions),
                     [&](std::string_view version) { return text.starts_with(version); });
}

bool is_sha256(std::string_view digits) {
  return digits.size() == 64 && digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::optional<LargeFilePointer> parse_large_file_pointer(std::string_view text) {
  if (!is_pointer(text)) return std::nullopt;
  constexpr std::string_view oid_key = "oid sha256:";
  constexpr std::string_view size_key = "size ";
  LargeFilePointer pointer;
  bool has_size = false;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.starts_with(oid_key)) pointer.sha256 = line.substr(oid_key.size());
    if (!line.starts_with(size_key)) continue;
    const std::string_view digits = line.substr(size_key.size());
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), pointer.size);
    has_size = error == std::errc() && end == digits.data() + digits.size();
  }
  if (!has_size || !is_sha256(pointer.sha256)) return std::nullopt;
  return pointer;
}

std::string large_file_path(const std::string& common_dir, const LargeFilePointer& pointer) {
  const std::string_view digits = pointer.sha256;
  return fmt::format("{}/lfs/objects/{}/{}/{}", common_dir, digits.substr(0, 2), digits.substr(2, 2), digits);
}

}  // namespace sluice::git
