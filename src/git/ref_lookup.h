#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

class Repository;

/// What a ref says: an object's name, or another ref's.
struct RefValue {
  Oid id;
  std::string symbolic;  ///< empty for a direct one
};

/// The text of a ref's file; nothing when it is malformed.
std::optional<RefValue> parse_ref_value(std::string_view text);

/// One ref by its full name (`HEAD`, `refs/heads/main`), loose or packed, without a look at others; nothing
/// when there is none. Errors: corrupt, unreadable, io.
Result<std::optional<RefValue>> find_ref(const Repository& repository, const std::string& name);

/// The object that ref `name` leads to, symbolic refs followed; nothing when there is none at the end.
/// Errors: as find_ref; corrupt (symbolic refs nested too deeply).
Result<std::optional<Oid>> resolve_ref(const Repository& repository, const std::string& name);

/// The tree of HEAD's commit; nothing when HEAD is unborn. Errors: as resolve_ref and read_object.
Result<std::optional<Oid>> head_tree(const Repository& repository);

}  // namespace sluice::git
