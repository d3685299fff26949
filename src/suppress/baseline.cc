#include "suppress/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace sluice::suppress {
namespace {

constexpr std::string_view header = "# sluice-baseline/1";
constexpr std::size_t fingerprint_length = 32;

bool is_fingerprint(std::string_view text) {
  return text.size() == fingerprint_length &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string encode_path(std::string_view path) {
  if (path.empty()) return "-";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || c == '%') {
      out += fmt::format("%{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

Result<Baseline> Baseline::parse(std::string_view text, const std::string& path) {
  Baseline baseline;
  baseline.path_ = path;
  std::size_t number = 0;
  for (std::string_view line : base::split(text, '\n')) {
    ++number;
    line = base::trim(line);
    if (number == 1) {
      if (line == header) continue;
      return fail(ErrorKind::invalid_input, fmt::format("a baseline starts with '{}'", header),
                  fmt::format("{}:1", path), "write it with 'sluice baseline write'");
    }
    if (line.empty() || line.front() == '#') continue;
    const auto fields = base::split(line, ' ');
    if (fields.size() != 3 || !is_fingerprint(fields[0])) {
      return fail(ErrorKind::invalid_input, "not a baseline entry: FINGERPRINT RULE PATH expected",
                  fmt::format("{}:{}", path, number), "write it with 'sluice baseline write'");
    }
    baseline.entries_[std::string(fields[0])] = {std::string(line), number, false};
  }
  return baseline;
}

std::string Baseline::write(const std::vector<Finding>& findings) {
  std::set<std::string> lines;
  std::set<std::string_view> written;
  for (const Finding& finding : findings) {
    if (finding.suppressed && finding.suppressed->by != "baseline") continue;
    if (!written.insert(finding.fingerprint).second) continue;
    lines.insert(
        fmt::format("{} {} {}", finding.fingerprint, finding.rule, encode_path(finding.at.path)));
  }
  std::string text = fmt::format("{}\n", header);
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::optional<Suppression> Baseline::decide(const Finding& finding) {
  const auto found = entries_.find(finding.fingerprint);
  if (found == entries_.end()) return std::nullopt;
  found->second.used = true;
  return Suppression{"baseline", fmt::format("{}:{}", path_, found->second.line)};
}

std::vector<std::string> Baseline::stale() const {
  std::vector<std::string> sentences;
  for (const auto& [fingerprint, entry] : entries_) {
    if (entry.used) continue;
    sentences.push_back(fmt::format("{}:{}: this baseline entry matches nothing any more: {}", path_,
                                    entry.line, entry.text));
  }
  return sentences;
}

}  // namespace sluice::suppress
