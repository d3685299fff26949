#include <algorithm>

#include "git/diff.h"
#include "git/libgit2.h"

namespace sluice::git {
namespace {

constexpr std::size_t largest_compared = std::size_t{64} << 20;

std::size_t count_lines(std::string_view text) {
  const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return text.empty() || text.back() == '\n' ? ends : ends + 1;
}

std::vector<LineRange> all_lines(std::string_view text) {
  if (text.empty()) return {};
  return {{1, count_lines(text)}};
}

}  // namespace

Result<std::vector<LineRange>> added_lines(std::string_view old_bytes, std::string_view new_bytes) {
  if (old_bytes.empty() || std::max(old_bytes.size(), new_bytes.size()) > largest_compared)
    return all_lines(new_bytes);
  ensure_libgit2();
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_FORCE_TEXT;
  options.context_lines = 0;
  options.interhunk_lines = 0;
  git_patch* raw = nullptr;
  const int code = git_patch_from_buffers(&raw, old_bytes.data(), old_bytes.size(), nullptr,
                                          new_bytes.data(), new_bytes.size(), nullptr, &options);
  if (code < 0) {
    auto failure = libgit2_failure(code, "cannot compare two texts");
    failure.value().kind = ErrorKind::io;
    return failure;
  }
  const PatchHandle patch(raw);
  std::vector<LineRange> ranges;
  for (std::size_t i = 0; i < git_patch_num_hunks(raw); ++i) {
    const git_diff_hunk* hunk = nullptr;
    std::size_t lines = 0;
    if (git_patch_get_hunk(&hunk, &lines, raw, i) < 0 || hunk->new_lines <= 0) continue;
    const auto first = static_cast<std::size_t>(hunk->new_start);
    ranges.push_back({first, first + static_cast<std::size_t>(hunk->new_lines) - 1});
  }
  return ranges;
}

}  // namespace sluice::git
