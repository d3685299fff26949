#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "finding/level.h"
#include "finding/presence.h"
#include "finding/secret.h"

namespace sluice {

/// A place in a text. Lines and columns start at 1; columns count Unicode code points (an invalid
/// byte counts as one); the end is exclusive. `path` is bytes as Git has them, relative to the
/// repository or as the user gave it, with `/`; empty for what has no path (a message, a dangling blob).
struct Location {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
};

/// What kind of thing the bytes of a finding were.
enum class OriginKind { blob, file, commit_message, tag_message, input, tree };

std::string_view to_string(OriginKind kind);

/// The kind of that name, or nothing.
std::optional<OriginKind> parse_origin_kind(std::string_view name);

/// Where bytes come from. Members that do not apply are empty. `object` is the hexadecimal id of the
/// blob, commit or tag that holds the bytes; `commit` the first commit that brought it; `date` is
/// that commit's author date in ISO 8601 with its own zone.
struct Origin {
  OriginKind kind = OriginKind::file;
  std::string object;
  std::string commit;
  std::string author;
  std::string date;
};

/// A second place that a finding is about: the base file's line, another occurrence, ...
struct Related {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string message;
  std::string excerpt;  ///< that line's text without any secret in it; may be empty
};

/// The line a finding is on, split so that the secret can be left out. Other secrets of that line
/// are masked in `before` and `after` already. Long lines are cut near the secret with an ellipsis.
struct Excerpt {
  std::string before;
  Secret secret;
  std::string after;
};

/// Why a finding does not count: `by` is `comment`, `policy` or `baseline`.
struct Suppression {
  std::string by;
  std::string reason;
};

/// Something in the repository that must not be there.
struct Finding {
  std::string repository;   ///< as the user named it, when a report is about several; else empty
  std::string rule;         ///< stable id: `github-token`, `CFG001`, `ENV001`
  std::string title;        ///< the rule's title
  Severity severity = Severity::medium;
  Confidence confidence = Confidence::medium;
  std::string message;      ///< one sentence for a person: what is wrong here
  std::vector<std::string> details;  ///< what else was learnt of it, in a few words each, without any secret
  std::vector<std::string> also_matches;  ///< ids of other rules that matched the same stretch of text
  std::string remedy;       ///< what to do next
  std::string reference;    ///< a URL, may be empty
  Location at;
  std::vector<std::string> paths;  ///< all paths it is found at, sorted; empty when there is none
  /// How it is reached from the bytes at `paths`: `lib/a.jar!conf/b.yml`, `cell 4`, `base64!gzip`; empty when it
  /// stands there as it is. Line and column are those in the innermost text that has lines of its own.
  std::string inside;
  Origin origin;
  std::optional<PresentAt> present_at;  ///< of what a history's blobs hold; else nothing
  std::string fingerprint;  ///< follows content, not position; 32 hexadecimal digits
  std::vector<Related> related;
  Excerpt excerpt;
  std::optional<Suppression> suppressed;
};

/// Something that could not be decided; one is enough for exit code 2.
struct Problem {
  std::string what;
  std::string where;   ///< path, `path:line:column`, object id; may be empty
  std::string remedy;  ///< may be empty
};

}  // namespace sluice
