#pragma once

#include <string>
#include <string_view>

#include "finding/finding.h"

namespace sluice::report {

/// A finding's source line, split at what is wrong in it. Raw bytes: the format escapes them.
struct ShownLine {
  std::string before;
  std::string marked;  ///< the secret or what stands for it; else the text between the columns
  std::string after;
};

/// A text that holds no secret, split at the columns of `at`.
ShownLine marked_by_columns(std::string_view text, const Location& at);

/// The line of `finding`; with `redact` its secret appears as Secret::redacted().
ShownLine shown_line(const Finding& finding, bool redact);

/// The same on one string; empty when the finding has no excerpt.
std::string shown_text(const Finding& finding, bool redact);

/// `text`, with `redact` without the finding's secret: a second lock, for the case that a message
/// or the rest of the line repeats it.
std::string without_secret(std::string_view text, const Finding& finding, bool redact);

/// Where a finding is, for a person: `path:line:column`, `commit message 1a2b3c4d5e6f:2:1`, `blob
/// ...`; with `repository: ` in front when the report is about several.
std::string place(const Finding& finding);
std::string place(const Related& related);

/// `comment: the reason`, or `baseline` where no reason is given.
std::string described(const Suppression& suppression);

/// `main, origin/main, v1.2 and 3 more`, or that no branch and no tag holds it any more.
std::string described(const PresentAt& present);

/// The first 12 digits of an object id.
std::string_view short_id(std::string_view id);

/// True for an http or https URL without white space, quotes or angle brackets: safe to link to.
bool is_web_url(std::string_view url);

/// `text` for XML and HTML, in content and in double quotes: valid UTF-8, markup escaped, control
/// characters (XML 1.0 section 2.2 forbids them) and newlines visible as `\x1b`, `\n`.
std::string escape_markup(std::string_view text);

}  // namespace sluice::report
