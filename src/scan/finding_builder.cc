#include "scan/finding_builder.h"

#include <algorithm>

#include "base/text.h"
#include "finding/fingerprint.h"

namespace sluice::scan {

using rules::Span;

namespace {

constexpr std::size_t excerpt_side = 120;    // bytes shown on either side of a secret
constexpr std::size_t excerpt_secret = 256;  // of the secret itself
constexpr std::size_t line_side = 2048;      // bytes searched for an allow comment on either side

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// Line and column of growing offsets, counting every byte of the text at most once.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  Position at(std::size_t offset) {
    if (at_ < offset) pass_lines(text_.substr(at_, offset - at_));
    while (at_ < offset) {
      at_ += base::code_point_length(text_.substr(at_, 4));
      ++position_.column;
    }
    return position_;
  }

 private:
  // Goes behind the last line end of `text`, which begins at at_.
  void pass_lines(std::string_view text) {
    const std::size_t last = text.rfind('\n');
    if (last == std::string_view::npos) return;
    position_.line += static_cast<std::uint32_t>(base::count_byte(text.substr(0, last + 1), '\n'));
    position_.column = 1;
    at_ += last + 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Position position_;
};

// The part of the line around `span` that lies within `side` bytes of it.
Span line_around(std::string_view text, Span span, std::size_t side) {
  const std::size_t floor = span.begin > side ? span.begin - side : 0;
  const auto before = text.substr(floor, span.begin - floor).rfind('\n');
  const std::size_t begin = before == std::string_view::npos ? floor : floor + before + 1;
  const auto after = text.substr(span.begin, span.end - span.begin + side).find('\n');
  const std::size_t ceiling = std::min(text.size(), span.end + side);
  return {begin, after == std::string_view::npos ? ceiling : span.begin + after};
}

std::string_view line_above(std::string_view text, Span line) {
  if (line.begin == 0 || text[line.begin - 1] != '\n') return {};
  const std::size_t end = line.begin - 1;
  return text.substr(line_around(text, {end, end}, line_side).begin,
                     end - line_around(text, {end, end}, line_side).begin);
}

// text[range] with every secret of `matches` in it masked.
std::string masked(std::string_view text, Span range, const std::vector<Match>& matches) {
  std::string out;
  std::size_t at = range.begin;
  auto next = std::partition_point(matches.begin(), matches.end(), [&](const Match& match) {
    return match.secret.begin + (1u << 20) < range.begin;
  });
  for (; next != matches.end() && next->secret.begin < range.end; ++next) {
    if (next->secret.end <= at) continue;
    const std::size_t begin = std::max(at, next->secret.begin);
    out += text.substr(at, begin - at);
    out += "[secret]";
    at = std::min(range.end, next->secret.end);
  }
  if (at < range.end) out += text.substr(at, range.end - at);
  return out;
}

Excerpt excerpt_of(std::string_view text, const Match& match, const std::vector<Match>& matches) {
  Span secret = match.secret;
  const Span line = line_around(text, secret, excerpt_side);
  secret.end = std::min({secret.end, secret.begin + excerpt_secret, line.end});
  Excerpt excerpt;
  excerpt.before = masked(text, {line.begin, secret.begin}, matches);
  excerpt.secret = Secret(text.substr(secret.begin, secret.end - secret.begin));
  const std::size_t behind = std::max(secret.end, std::min(match.secret.end, line.end));
  excerpt.after = masked(text, {behind, std::max(behind, line.end)}, matches);
  if (!excerpt.after.empty() && excerpt.after.back() == '\r') excerpt.after.pop_back();
  const bool cut_before = line.begin > 0 && text[line.begin - 1] != '\n';
  if (cut_before) excerpt.before = "…" + excerpt.before;
  if (line.end < text.size() && text[line.end] != '\n') excerpt.after += "…";
  return excerpt;
}

}  // namespace

std::vector<ScannedFinding> build_findings(std::string_view text,
                                           const std::vector<Match>& matches) {
  std::vector<ScannedFinding> findings;
  findings.reserve(matches.size());
  Cursor starts(text);
  for (const Match& match : matches) {
    ScannedFinding& scanned = findings.emplace_back();
    const rules::Rule& rule = *match.rule;
    const std::string_view secret =
        text.substr(match.secret.begin, match.secret.end - match.secret.begin);
    Finding& finding = scanned.finding;
    finding.rule = rule.id;
    finding.severity = match.severity;
    finding.confidence = match.confidence;
    if (!match.detail.empty()) finding.details.push_back(match.detail);
    finding.fingerprint = fingerprint(rule.id, secret);
    finding.excerpt = excerpt_of(text, match, matches);
    const Position start = starts.at(match.secret.begin);
    finding.at.line = start.line;
    finding.at.column = start.column;
    Position end = start;
    const auto last_break = secret.rfind('\n');
    if (last_break == std::string_view::npos) {
      end.column += static_cast<std::uint32_t>(base::count_code_points(secret));
    } else {
      end.line += static_cast<std::uint32_t>(base::count_byte(secret, '\n'));
      end.column = 1 + static_cast<std::uint32_t>(base::count_code_points(secret.substr(last_break + 1)));
    }
    finding.at.end_line = end.line;
    finding.at.end_column = end.column;
    scanned.rule = match.rule;
    scanned.evidence = match.evidence;
    scanned.secret = match.secret;
    const Span line = line_around(text, match.secret, line_side);
    scanned.line = text.substr(line.begin, line.end - line.begin);
    scanned.line_above = line_above(text, line);
  }
  return findings;
}

}  // namespace sluice::scan
