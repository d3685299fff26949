#include "report/shown.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace sluice::report {
namespace {

constexpr std::size_t most_refs = 5;

// Shorter secrets would be "found" in ordinary words; they stay out of the excerpt all the same.
constexpr std::size_t least_scrubbed = 6;

std::size_t bytes_of_code_points(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at += base::code_point_length(text.substr(at));
  return at;
}

// `text` from `start` on holds what `at` is about.
ShownLine split_line(std::string_view text, std::size_t start, const Location& at) {
  const std::string_view rest = text.substr(start);
  std::size_t length = 0;
  if (at.end_line > at.line) length = rest.size();
  if (at.end_line == at.line && at.end_column > at.column) {
    length = bytes_of_code_points(rest, at.end_column - at.column);
  }
  return {std::string(text.substr(0, start)), std::string(rest.substr(0, length)),
          std::string(rest.substr(length))};
}

std::string with_position(std::string where, std::uint32_t line, std::uint32_t column) {
  if (line == 0) return where;
  where.append(1, ':').append(std::to_string(line));
  if (column > 0) where.append(1, ':').append(std::to_string(column));
  return where;
}

std::string name_of_origin(const Origin& origin) {
  switch (origin.kind) {
    case OriginKind::commit_message:
      return "commit message ";
    case OriginKind::tag_message:
      return "tag message ";
    case OriginKind::input:
      return "standard input ";
    case OriginKind::tree:
      return "tree ";
    case OriginKind::file:
      return "file ";
    case OriginKind::blob:
      break;
  }
  return "blob ";
}

// As Git names branches and tags for people.
std::string_view short_name(std::string_view ref) {
  for (const std::string_view prefix : {"refs/heads/", "refs/remotes/", "refs/tags/"})
    if (ref.starts_with(prefix)) return ref.substr(prefix.size());
  return ref;
}

}  // namespace

ShownLine marked_by_columns(std::string_view text, const Location& at) {
  return split_line(text, bytes_of_code_points(text, at.column > 0 ? at.column - 1 : 0), at);
}

ShownLine shown_line(const Finding& finding, bool redact) {
  const Excerpt& excerpt = finding.excerpt;
  if (excerpt.secret.empty()) {
    if (excerpt.after.empty()) return marked_by_columns(excerpt.before, finding.at);
    if (excerpt.before.empty()) return marked_by_columns(excerpt.after, finding.at);
    return split_line(excerpt.before + excerpt.after, excerpt.before.size(), finding.at);
  }
  return {without_secret(excerpt.before, finding, redact),
          redact ? excerpt.secret.redacted() : std::string(excerpt.secret.reveal()),
          without_secret(excerpt.after, finding, redact)};
}

std::string shown_text(const Finding& finding, bool redact) {
  const ShownLine line = shown_line(finding, redact);
  return line.before + line.marked + line.after;
}

std::string without_secret(std::string_view text, const Finding& finding, bool redact) {
  const std::string_view secret = finding.excerpt.secret.reveal();
  if (!redact || secret.size() < least_scrubbed) return std::string(text);
  std::string out;
  for (;;) {
    const auto at = text.find(secret);
    out += text.substr(0, at);
    if (at == std::string_view::npos) return out;
    out += finding.excerpt.secret.redacted();
    text.remove_prefix(at + secret.size());
  }
}

std::string described(const Suppression& suppression) {
  return suppression.reason.empty() ? suppression.by : suppression.by + ": " + suppression.reason;
}

std::string described(const PresentAt& present) {
  if (present.count == 0) return "no branch and no tag: in history only";
  std::string text;
  std::size_t shown = 0;
  for (const std::string& ref : present.refs) {
    if (shown == most_refs) break;
    text += (shown++ == 0 ? "" : ", ") + std::string(short_name(ref));
  }
  if (shown < present.count) text += fmt::format(" and {} more", present.count - shown);
  return text;
}

std::string_view short_id(std::string_view id) { return id.substr(0, 12); }

std::string place(const Finding& finding) {
  if (!finding.repository.empty()) {
    Finding in_it = finding;
    in_it.repository.clear();
    return finding.repository + ": " + place(in_it);
  }
  std::string where = finding.at.path;
  if (where.empty()) {
    where = name_of_origin(finding.origin);
    where += short_id(finding.origin.object);
    if (where.back() == ' ') where.pop_back();
  }
  return with_position(where, finding.at.line, finding.at.column);
}

std::string place(const Related& related) {
  return with_position(related.path, related.line, related.column);
}

bool is_web_url(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return false;
  return std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c < 0x7F &&
           std::string_view("<>\"'`\\{}|^").find(c) == std::string_view::npos;
  });
}

std::string escape_markup(std::string_view text) {
  std::string out;
  for (const char c : base::escape_for_terminal(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  // U+FFFE and U+FFFF are valid UTF-8 but not XML characters.
  for (const std::string_view forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (auto at = out.find(forbidden); at != std::string::npos; at = out.find(forbidden, at)) {
      out.replace(at, 3, "\xEF\xBF\xBD");
    }
  }
  return out;
}

}  // namespace sluice::report
