#include "policy/notable_name.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/text.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

constexpr std::size_t longest_ending = 5;

// No manifest, no configuration, no document and no ignore file ends so.
constexpr std::array<std::string_view, 64> plain_endings = {
    "c",    "h",   "cc",  "hh",   "cpp",  "hpp",  "cxx", "hxx",  "m",   "mm",   "cu",    "go",   "rs",
    "java", "kt",  "js",  "jsx",  "mjs",  "cjs",  "ts",  "tsx",  "vue", "rb",   "php",   "cs",   "fs",
    "pl",   "pm",  "lua", "r",    "jl",   "hs",   "erl", "clj",  "ex",  "dart", "scala", "sql",  "proto",
    "html", "htm", "css", "scss", "less", "svg",  "png", "jpg",  "gif", "ico",  "webp",  "woff", "ttf",
    "eot",  "mp4", "wav", "pdf",  "gz",   "zip",  "jar", "o",    "so",  "s",    "asm",   "po"};

constexpr std::uint64_t with_letter(std::uint64_t letters, char letter) {
  return letters << 8 | (static_cast<unsigned char>(letter) | 0x20u);
}

constexpr std::uint64_t letters_of(std::string_view ending) {
  std::uint64_t letters = 0;
  for (const char letter : ending) letters = with_letter(letters, letter);
  return letters;
}

// Endings by their letters, each in the next free place behind the one that its hash names.
class Endings {
 public:
  constexpr Endings() {
    for (const std::string_view ending : plain_endings) {
      std::size_t at = place_of(letters_of(ending));
      while (places_[at] != 0) at = (at + 1) % places_.size();
      places_[at] = letters_of(ending);
    }
  }

  constexpr bool hold(std::uint64_t letters) const {
    for (std::size_t at = place_of(letters); places_[at] != 0; at = (at + 1) % places_.size())
      if (places_[at] == letters) return true;
    return false;
  }

 private:
  static constexpr std::size_t place_of(std::uint64_t letters) {
    return static_cast<std::size_t>(letters * 0x9e3779b97f4a7c15u >> 56);
  }

  std::array<std::uint64_t, 256> places_{};
};

constexpr Endings endings;

bool ends_plainly(std::string_view path) {
  std::uint64_t letters = 0;
  const std::size_t most = path.size() < longest_ending + 1 ? path.size() : longest_ending + 1;
  for (std::size_t length = 0; length < most; ++length) {
    const char letter = path[path.size() - 1 - length];
    if (letter == '.') return endings.hold(letters);
    letters |= std::uint64_t{static_cast<unsigned char>(letter) | 0x20u} << 8 * length;
  }
  return false;
}

// `Dockerfile.go` builds the image of what is written in Go.
bool begins_like_dockerfile(std::string_view name) {
  constexpr std::string_view start = "dockerfile.";
  return name.size() > start.size() && (name[0] | 0x20) == 'd' &&
         base::equals_ignoring_case(name.substr(0, start.size()), start);
}

// Not zero when one of `bytes` is `v` or `V`.
std::uint64_t letters_v(std::uint64_t bytes) {
  const std::uint64_t difference = (bytes | 0x2020202020202020u) ^ 0x7676767676767676u;
  return (difference - 0x0101010101010101u) & ~difference & 0x8080808080808080u;
}

// Few paths have a `v` at all.
bool may_hold_v(std::string_view path) {
  std::size_t at = 0;
  std::uint64_t bytes = 0;
  for (; path.size() - at >= sizeof bytes; at += sizeof bytes) {
    std::memcpy(&bytes, path.data() + at, sizeof bytes);
    if (letters_v(bytes) != 0) return true;
  }
  bytes = 0;
  path.copy(reinterpret_cast<char*>(&bytes), sizeof bytes, at);
  return letters_v(bytes) != 0;
}

}  // namespace

bool mentions_env(std::string_view path) {
  if (!may_hold_v(path)) return false;
  for (const char letter : {'v', 'V'}) {
    for (std::size_t at = path.find(letter); at != std::string_view::npos; at = path.find(letter, at + 1))
      if (at >= 2 && base::equals_ignoring_case(path.substr(at - 2, 2), "en")) return true;
  }
  return false;
}

bool is_notable(std::string_view path) {
  return !ends_plainly(path) || mentions_env(path) || begins_like_dockerfile(base_name(path));
}

}  // namespace sluice::policy
