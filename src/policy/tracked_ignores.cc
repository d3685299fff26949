#include "policy/tracked_ignores.h"

#include <algorithm>

#include "base/text.h"
#include "document/encoding.h"
#include "policy/ignore_mend.h"
#include "policy/path.h"
#include "source/item.h"

namespace sluice::policy {
namespace {

constexpr std::string_view ignore_file = ".gitignore";
constexpr std::size_t largest_ignore_file = 4u << 20;
// Only lines that could be meant for an env file are tried again when none matched.
constexpr std::size_t longest_line_to_mend = 200;
constexpr std::size_t most_lines_to_mend = 64;

bool starts_like_utf16(std::string_view bytes) {
  return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
}

}  // namespace

TrackedIgnores::TrackedIgnores(const Tree& tree, FindingSink& sink) {
  for (const TreeFile* const notable : tree.notable_files()) {
    const TreeFile& file = *notable;
    if (!file.path.ends_with(ignore_file) || !file.is_regular()) continue;
    if (base_name(file.path) != ignore_file) continue;
    const auto content = tree.read(file, largest_ignore_file);
    if (content) {
      add_file(std::string(file.path), *content);
    } else {
      sink.add(source::to_problem(content.error()));
      undecided_.emplace_back(directory_of(file.path));
    }
  }
}

void TrackedIgnores::add_file(const std::string& path, const std::string& content) {
  const std::string directory(directory_of(path));
  if (directory.empty()) has_top_file_ = true;
  exact_.add_file(directory, content);
  folded_.add_file(directory, content);
  File& file = files_[directory];
  file.is_utf16 = starts_like_utf16(content);
  const auto decoded = document::decode_text(content, path);
  std::size_t number = 0;
  for (std::string_view line : base::split(decoded ? *decoded : content, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > longest_line_to_mend || !base::contains_ignoring_case(line, "env")) continue;
    if (file.about_env.size() == most_lines_to_mend) return;
    file.about_env.push_back({number, std::string(line)});
  }
}

git::IgnoreVerdict TrackedIgnores::check(std::string_view path) const {
  const git::IgnoreVerdict exact = exact_.check(path, false);
  return exact.ignored ? folded_.check(path, false) : exact;
}

bool TrackedIgnores::is_undecided(std::string_view path) const {
  return std::any_of(undecided_.begin(), undecided_.end(),
                     [&](const std::string& directory) { return is_within(path, directory); });
}

std::optional<IgnoreTrap> TrackedIgnores::find_trap(std::string_view path) const {
  std::string_view directory = path;
  do {
    directory = directory_of(directory);
    const auto found = files_.find(directory);
    if (found == files_.end()) continue;
    const File& file = found->second;
    for (auto line = file.about_env.rbegin(); line != file.about_env.rend(); ++line) {
      const auto mend = file.is_utf16 ? mend_encoding(line->text, directory, path)
                                      : mend_pattern(line->text, directory, path);
      if (mend)
        return IgnoreTrap{join(directory, ignore_file), line->number, line->text, mend->why,
                          mend->instead};
    }
  } while (!directory.empty());
  return std::nullopt;
}

}  // namespace sluice::policy
