#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object.h"
#include "git/oid.h"

namespace sluice::git {

/// `Name <email> seconds zone`. History holds malformed ones: what cannot be read stays empty or 0.
struct Signature {
  std::string_view name;
  std::string_view email;
  std::int64_t seconds = 0;  ///< since 1970-01-01 UTC
  int zone_minutes = 0;      ///< east of UTC
  bool has_time = false;

  /// `2026-11-24T01:20:30+02:00` in its own zone; empty when the time could not be read or lies
  /// outside the years 0 to 9999.
  std::string iso_date() const;
};

/// A raw commit object, as views that live as long as the bytes it was parsed from.
struct Commit {
  Oid tree;
  std::vector<Oid> parents;
  Signature author;
  Signature committer;
  std::string_view encoding;       ///< of the message, as written; empty means UTF-8
  std::size_t message_offset = 0;  ///< of the message in the object's bytes
  std::string_view message;
};

/// Errors: corrupt (no tree line first, malformed parent line).
Result<Commit> parse_commit(std::string_view bytes);

/// A raw annotated tag object; views as in Commit.
struct Tag {
  Oid target;
  ObjectKind target_kind = ObjectKind::commit;
  std::string_view name;
  Signature tagger;  ///< all empty when the tag names none (old tags do not)
  std::size_t message_offset = 0;
  std::string_view message;
};

/// Errors: corrupt (object, type or tag line missing or malformed).
Result<Tag> parse_tag(std::string_view bytes);

}  // namespace sluice::git
